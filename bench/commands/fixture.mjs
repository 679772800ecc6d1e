// A repository of 100 files in a folder of its own, and what is started in it: Gump as people type it, git, and bare Node.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../apps/cli/bin/gump.js', import.meta.url))

/** The largest time a command may take before it counts as not finished. */
export const patience = 300_000

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

export function fixture() {
  const top = mkdtempSync(join(tmpdir(), 'gump-bench-'))
  const dir = join(top, 'repo')
  const env = {
    PATH: process.env.PATH,
    HOME: join(top, 'home'),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@example.com',
  }
  mkdirSync(env.HOME)
  mkdirSync(dir)
  const git = (...args) => execFileSync('git', args, { cwd: dir, env, encoding: 'utf8' }).trim()
  git('init', '-q', '-b', 'main')
  for (let i = 0; i < 100; i += 1) writeFileSync(join(dir, `file-${i}.txt`), `${i}\n`)
  git('add', '-A')
  git('commit', '-q', '-m', 'first')

  /** Milliseconds that a command takes as a whole; Infinity when it is not finished in time. */
  function time(file, args, codes = [0]) {
    const started = performance.now()
    const { status, error, stderr } = spawnSync(file, args, {
      cwd: dir,
      env,
      timeout: patience,
      killSignal: 'SIGKILL',
      maxBuffer: Infinity,
    })
    if (error?.code === 'ETIMEDOUT') return Number.POSITIVE_INFINITY
    if (!codes.includes(status)) throw new Error(`${file} ${args.join(' ')} ended with ${status}: ${stderr}`)
    return performance.now() - started
  }
  return {
    dir,
    env,
    git,
    program,
    bareNode: () => time(process.execPath, ['-e', '0']),
    gump: (...args) => time(process.execPath, [program, ...args]),
    command: (file, ...args) => time(file, args),
    /** The most memory that a command needs, in megabytes; it says so itself when it ends. */
    memoryOf: (...args) => {
      const tell =
        'data:text/javascript,process.on("exit",()=>process.stderr.write(`\\n${process.resourceUsage().maxRSS}`))'
      const { stderr } = spawnSync(process.execPath, ['--import', tell, program, ...args], {
        cwd: dir,
        env,
        encoding: 'utf8',
        maxBuffer: Infinity,
      })
      return Number(stderr.split('\n').at(-1)) / 1000
    },
    write: (path, value) => writeFileSync(join(dir, path), JSON.stringify(value)),
    remove: () => rmSync(top, { recursive: true, force: true }),
  }
}

/** The git work of one step, done by four processes. */
export function rawStep({ dir, git }, name) {
  const parent = git('rev-parse', 'HEAD')
  const started = performance.now()
  writeFileSync(join(dir, `raw-${name}.txt`), `${name}\n`)
  git('add', '-A')
  const tree = git('write-tree')
  git('update-ref', 'refs/heads/raw', git('commit-tree', tree, '-p', parent, '-m', name))
  const ms = performance.now() - started
  git('rm', '-q', '--cached', `raw-${name}.txt`)
  rmSync(join(dir, `raw-${name}.txt`))
  return ms
}
