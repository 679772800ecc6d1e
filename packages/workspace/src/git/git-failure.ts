import { existsSync } from 'node:fs'

import { type ErrorCode, GumpError } from '@gump/errors'

/** What is known of a git command that failed. */
export interface FailedCommand {
  readonly code: number
  readonly stderr: string
}

/** What the system refuses git, in git's words: the texts of `strerror` in the locale C, which git runs in here. */
const refusals: readonly (readonly [RegExp, ErrorCode])[] = [
  [/No space left on device|Disk quota exceeded|File too large/u, 'GUMP-S001'],
  [/Read-only file system/u, 'GUMP-S003'],
  [/Permission denied|Operation not permitted|insufficient permission for adding an object/u, 'GUMP-S002'],
  [/Not a directory|Is a directory|Too many levels of symbolic links/u, 'GUMP-S005'],
  [/Too many open files|Cannot allocate memory|Resource temporarily unavailable/u, 'GUMP-S006'],
  [/Input\/output error|Stale file handle/u, 'GUMP-S007'],
  [/File name too long/u, 'GUMP-S008'],
]

/** GUMP-G001 with git's own words, or the code of what the system refused it. */
export function gitFailed(args: readonly string[], { code, stderr }: FailedCommand): GumpError {
  const said = stderr.trim()
  const refused = refusals.find(([text]) => text.test(said))?.[1]
  if (refused !== undefined) {
    return new GumpError(refused, `git ${args[0] ?? ''} failed: ${said}`, {
      data: { args: [...args], code, stderr: said },
    })
  }
  return new GumpError(
    'GUMP-G001',
    `git ${args[0] ?? ''} failed: ${said === '' ? `exit code ${code}` : said}`,
    {
      data: { args: [...args], code, stderr: said },
      remedy: 'read what git said, and try again',
    },
  )
}

/** No process was started: no git on the PATH, or no such folder. */
export function gitNotStarted(cause: Error, cwd: string): GumpError {
  const missing = 'code' in cause && cause.code === 'ENOENT' && existsSync(cwd)
  return missing
    ? new GumpError('GUMP-P004', 'git was not found on the PATH', {
        cause,
        remedy: 'install git 2.38 or newer',
      })
    : new GumpError('GUMP-G001', `git could not be started in ${cwd}: ${cause.message}`, {
        cause,
        data: { cwd },
      })
}
