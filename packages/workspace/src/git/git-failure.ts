import { existsSync } from 'node:fs'

import { GumpError } from '@gump/errors'

/** What is known of a git command that failed. */
export interface FailedCommand {
  readonly code: number
  readonly stderr: string
}

/** GUMP-G001 with git's own words. */
export function gitFailed(args: readonly string[], { code, stderr }: FailedCommand): GumpError {
  const said = stderr.trim()
  return new GumpError(
    'GUMP-G001',
    `git ${args[0] ?? ''} failed: ${said === '' ? `exit code ${code}` : said}`,
    {
      data: { args: [...args], code, stderr: said },
      remedy: 'read what git said; nothing was half done',
    },
  )
}

/** No process came to be: no git on the PATH, or no such folder. */
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
