import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { isAbsolute } from 'node:path'

import type { GitCall, GitShells } from './git-call.js'
import { gitProgram } from './git-program.js'
import { type GitShell, openGitShell } from './git-shell.js'
import { environmentText } from './shell-text.js'

/** A process that asks git less than this would start shells for nothing. */
const first = 6

/** As many at once as the machine can use. */
const most = availableParallelism() + 2

export function createGitShells(): GitShells {
  const shells = new Set<GitShell>()
  const texts = new WeakMap<Readonly<Record<string, string>>, string | null>()
  let base: Readonly<Record<string, string>> | null = null
  let asked = 0

  const idleShell = (env: Readonly<Record<string, string>>): GitShell | null => {
    for (const shell of shells) if (shell.isIdle) return shell
    if (shells.size >= most) return null
    const shell = openGitShell(env, () => {
      if (shell !== null) shells.delete(shell)
    })
    if (shell !== null) shells.add(shell)
    return shell
  }
  const textFor = (from: Readonly<Record<string, string>>, env: GitCall['env']): string | null => {
    const known = texts.get(env)
    if (known !== undefined) return known
    const text = environmentText(from, env)
    texts.set(env, text)
    return text
  }

  return {
    run: (args, call) => {
      asked += 1
      if (asked <= first || !isSimple(call)) return null
      const program = gitProgram(call.env)
      base ??= withoutGit(call.env)
      const environment = textFor(base, call.env)
      // What cannot be started has to be reported as the system reports it.
      if (environment === null || !isAbsolute(program) || !isAbsolute(call.cwd) || !existsSync(call.cwd))
        return null
      return idleShell(base)?.run({ cwd: call.cwd, program, args, environment }) ?? null
    },
    close: async () => {
      await Promise.all([...shells].map((shell) => shell.close()))
    },
  }
}

/** Nothing but arguments go in, and nothing but text comes out. */
function isSimple({ input, stdinFd, stdoutFd }: GitCall): boolean {
  return input === undefined && stdinFd === undefined && stdoutFd === undefined
}

/** What all commands have in common. */
function withoutGit(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('GIT_')))
}
