import { execFile, execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { createProcessRunner, findOnPath } from '@gump/process'
import { afterEach } from 'vitest'

import { bin } from './bin.js'
import type { Outcome } from './world.js'

/** True where agents can be walled off with mounts. */
export const canMount = await createProcessRunner({ env: process.env })
  .probe()
  .then(({ level, sandbox }) => level === 'namespace' && sandbox)

const nobody = 65_534
const setpriv = process.getuid?.() === 0 ? findOnPath('setpriv', process.env) : undefined

/** The users that Gump runs as: the one that runs the tests, and an ordinary user as well when that is root. */
export const users: readonly { readonly user: string; readonly prefix: readonly string[] }[] = [
  { user: 'the user of the tests', prefix: [] },
  ...(setpriv === undefined
    ? []
    : [
        {
          user: 'an ordinary user',
          prefix: [setpriv, `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'],
        },
      ]),
]

/** A place with a repository, what it was cloned from, and a home, all of one user. */
export interface Place {
  readonly top: string
  /** Where Gump is called. */
  readonly repo: string
  readonly home: string
  git(...args: readonly string[]): string
  gitIn(folder: string, ...args: readonly string[]): string
  write(path: string, text: string): void
  gump(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Outcome>
  /** Runs a step whose agent is this script for sh, with `$TOP`, and `$OWN`, a folder of temporary files. */
  play(script: string, options?: PlayOptions): Promise<Outcome>
  /** Content of a file in the last commit of the only run. */
  recorded(path: string): string
}

export interface PlayOptions {
  readonly mode?: string
  readonly gate?: string
  readonly settings?: string
  readonly env?: Readonly<Record<string, string>>
}

const places: string[] = []
afterEach(() => {
  for (const top of places.splice(0)) rmSync(top, { recursive: true, force: true })
})

/** How a repository comes about: shell text that makes `repo` from `origin`, in the folder that holds both. */
export const plainClone = 'git clone -q origin repo'

/** Makes a place; `options` are for the `git init` of what is cloned. */
export function place(
  { prefix }: { readonly prefix: readonly string[] },
  make: string = plainClone,
  options: readonly string[] = [],
): Place {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'gump-isolated-')))
  places.push(top)
  const home = join(top, 'home')
  const repo = join(top, 'repo')
  if (prefix.length > 0) {
    chmodSync(top, 0o755)
    execFileSync('chown', [`${nobody}:${nobody}`, top])
  }
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'A User',
    GIT_AUTHOR_EMAIL: 'user@example.com',
    GIT_COMMITTER_NAME: 'A User',
    GIT_COMMITTER_EMAIL: 'user@example.com',
  }
  const as = (cwd: string, file: string, ...args: readonly string[]): string => {
    const [program = '', ...rest] = [...prefix, file, ...args]
    return execFileSync(program, rest, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  }
  const gitIn = (folder: string, ...args: readonly string[]): string => as(folder, 'git', ...args)
  const write = (path: string, text: string): void => {
    as(top, 'mkdir', '-p', dirname(join(top, path)))
    const file = join(top, path)
    writeFileSync(file, text)
    if (prefix.length > 0) execFileSync('chown', [`${nobody}:${nobody}`, file])
  }
  as(top, 'mkdir', '-p', home)
  as(top, 'git', 'init', '-q', '-b', 'main', ...options, 'origin')
  for (const [name, text] of [
    ['a.txt', 'one'],
    ['b.txt', 'one'],
    ['c.txt', 'one'],
  ] as const) {
    write(`origin/${name}`, `${text}\n`)
    gitIn(join(top, 'origin'), 'add', '-A')
    gitIn(join(top, 'origin'), 'commit', '-qm', `add ${name}`)
  }
  as(top, 'sh', '-c', make)
  const gump: Place['gump'] = (args, more = {}) => {
    const [program = '', ...rest] = [...prefix, process.execPath, bin, ...args]
    return new Promise((resolve) => {
      execFile(program, rest, { cwd: repo, env: { ...env, ...more } }, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr })
      })
    })
  }
  return {
    top,
    repo,
    home,
    gitIn,
    git: (...args) => gitIn(repo, ...args),
    write,
    gump,
    async play(script, { mode = 'auto', gate = 'true', settings = '', env: more = {} } = {}) {
      write('agent.sh', `TOP=${top} OWN=$(mktemp -d)\n${script}\necho done\n`)
      write(
        'home/.gump/config.toml',
        `[agents.mine]\ncommand = "sh ${top}/agent.sh"\n[sandbox]\nmode = "${mode}"\n${settings}\n`,
      )
      write(
        'work.yaml',
        `name: work\nsteps:\n  - name: work\n    agent: command:mine\n    prompt: go\n    gate: [{bash: ${JSON.stringify(gate)}}]\n    retry: [{exit: 1}]\n`,
      )
      const outcome = await gump(['run', `${top}/work.yaml`], more)
      if (outcome.code === 0) return outcome
      const { stdout } = await gump(['report', '--detail', 'work'])
      return { ...outcome, stdout: outcome.stdout + stdout }
    },
    recorded(path) {
      const branches = gitIn(repo, 'for-each-ref', '--format=%(refname)', 'refs/heads/gump/')
      return gitIn(repo, 'show', `${branches.trim()}:${path}`)
    },
  }
}
