import { execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, dirname, isAbsolute, join } from 'node:path'

const bin = join(import.meta.dirname, '../../apps/cli/bin/gump.js')
const workflow = `name: attack
steps:
  - name: impl
    agent: command:agent
    prompt: "{spec}"
    gate: [compile]
`

/** A PATH without bubblewrap: links to everything else. */
function pathWithoutBubblewrap(folder, path) {
  const tools = join(folder, 'tools')
  mkdirSync(tools)
  for (const dir of path.split(delimiter)) {
    for (const name of existsSync(dir) ? readdirSync(dir) : []) {
      if (name !== 'bwrap' && !existsSync(join(tools, name))) {
        try {
          symlinkSync(join(dir, name), join(tools, name))
        } catch {
          // A dangling link of that name is there already.
        }
      }
    }
  }
  return tools
}

/**
 * A user with a home, a checkout and an agent that does what a script says: everything that an attack needs.
 *
 * @typedef {ReturnType<typeof createWorld>} World
 */
export function createWorld({ folder, mode, user }) {
  const [home, main, out] = ['home', 'repo', 'out'].map((name) => join(folder, name))
  for (const made of [home, main, out]) mkdirSync(made)
  const path = [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter)
  const environment = {
    PATH: mode === 'bare' ? pathWithoutBubblewrap(folder, path) : path,
    HOME: home,
    LANG: 'C.UTF-8',
    NO_COLOR: '1',
    GIT_CONFIG_NOSYSTEM: '1',
  }
  const children = new Set()

  const place = (path) => (isAbsolute(path) ? path : join(main, path))
  const write = (path, text, permissions) => {
    mkdirSync(dirname(place(path)), { recursive: true })
    writeFileSync(place(path), text)
    if (permissions !== undefined) chmodSync(place(path), permissions)
    return place(path)
  }
  const read = (path) => (existsSync(place(path)) ? readFileSync(place(path), 'utf8') : null)
  const tryGit = (...args) => {
    const at = args[0] === '-C' ? [] : ['-C', main]
    const { status, stdout, stderr } = spawnSync('git', [...at, ...args], {
      env: environment,
      encoding: 'utf8',
    })
    return { code: status, out: `${stdout}${stderr}`.trimEnd() }
  }
  const git = (...args) => {
    const { code, out: text } = tryGit(...args)
    if (code !== 0) throw new Error(`git ${args.join(' ')}: ${text}`)
    return text
  }

  /** Starts a program with the user's environment; resolves when it has ended. */
  const start = (file, args, options = {}) => {
    const child = spawn(file, args, {
      cwd: options.cwd ?? main,
      env: { ...environment, ...options.env },
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    })
    children.add(child)
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text))
    if (options.input !== undefined) child.stdin.end(options.input)
    const ended = new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code, signal) => {
        children.delete(child)
        resolve({ code: code ?? signal, stdout, stderr, out: stdout + stderr })
      })
    })
    return { child, ended, printed: () => stdout + stderr }
  }
  const gump = (args, options = {}) => start(process.execPath, [bin, ...args], options).ended
  const sandbox = ['--sandbox', mode === 'bare' ? 'auto' : mode]
  const runArguments = (more) => ['run', 'attack', '--spec', 'spec.md', ...sandbox, ...more]

  const world = {
    folder,
    home,
    main,
    /** A folder of the user's, beside the checkout: what nobody may write in strict mode. */
    out,
    mode,
    user,
    bin,
    environment,
    write,
    read,
    git,
    tryGit,
    gump,
    start,
    /** True for anything at the path, a dangling link too. */
    has: (path) => {
      try {
        lstatSync(place(path))
        return true
      } catch {
        return false
      }
    },
    /** What the agent does: bash, in its worktree. MAIN, OUT and HOME are set. */
    agent: (script) =>
      write(
        join(folder, 'agent.sh'),
        `MAIN='${main}' OUT='${out}'\nexport MAIN OUT\necho started\n${script}\n:\n`,
      ),
    /** Adds to the user's own configuration. */
    config: (toml) =>
      write(join(home, '.gump/config.toml'), `${read(join(home, '.gump/config.toml')) ?? ''}${toml}\n`),
    workflow: (text, name = 'attack') => write(`.gump/workflows/${name}.yaml`, text),
    commit: (message = 'more') => {
      git('add', '-A')
      git('commit', '-qm', message)
    },
    /** Runs the workflow on the spec in the mode at hand. */
    run: (more = [], options = {}) => gump(runArguments(more), options),
    startRun: (more = [], options = {}) => start(process.execPath, [bin, ...runArguments(more)], options),
    /** A step that plays the script of `agent`, with these gates. */
    stepOf: (more) =>
      `name: attack\nsteps:\n  - name: impl\n    agent: command:agent\n    prompt: "{spec}"\n${more}`,
    /** The worktrees of runs that git knows. */
    worktrees: () =>
      git('worktree', 'list', '--porcelain')
        .split('\n\n')
        .filter((entry) => entry.includes('refs/heads/gump/'))
        .map((entry) => /^worktree (.*)$/mu.exec(entry)?.[1] ?? ''),
    branches: () =>
      git('for-each-ref', '--format=%(refname:short)', 'refs/heads/gump/').split('\n').filter(Boolean),
    /** The folder of the newest run. */
    runFolder: () => {
      const runs = join(main, '.gump/runs')
      const ids = existsSync(runs) ? readdirSync(runs).filter((name) => /^[0-9a-f]{8}-/u.test(name)) : []
      return join(runs, ids.toSorted().at(-1) ?? 'none')
    },
    ledger: () => {
      const folderOfRun = world.runFolder()
      const name = existsSync(folderOfRun)
        ? readdirSync(folderOfRun).find((file) => file.endsWith('.ndjson') && file.startsWith('manifest'))
        : undefined
      return join(folderOfRun, name ?? 'manifest.ndjson')
    },
    /** Everything below a folder that is text, one after the other. */
    textBelow: (below) => {
      const files = readdirSync(below, { recursive: true, withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      )
      return files
        .map((entry) => `${entry.name}\n${readFileSync(join(entry.parentPath, entry.name), 'utf8')}`)
        .join('\n')
    },
    close: () => {
      for (const child of children) child.kill('SIGKILL')
    },
  }

  git('init', '-q', '-b', 'main', '.')
  git('config', '--global', 'user.name', 'U')
  git('config', '--global', 'user.email', 'u@example.com')
  git('config', '--global', 'protocol.file.allow', 'always')
  write('src/a.ts', 'export const a = 1\n')
  write('spec.md', 'Do it.\n')
  write('gump.toml', '[gates]\ncompile = "true"\n')
  world.workflow(workflow)
  world.config(`[agents.agent]\ncommand = "bash ${join(folder, 'agent.sh')} {prompt_file}"\nformat = "text"`)
  world.commit('base')
  return world
}

/** Which git, bubblewrap and so on there is, for the first lines of a report. */
export function versionOf(program) {
  try {
    return execFileSync(program, ['--version'], { encoding: 'utf8' }).split('\n')[0]
  } catch {
    return `${program} is not here`
  }
}
