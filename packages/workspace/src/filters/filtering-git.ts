import { randomUUID } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { GumpError } from '@gump/errors'

import { settingsEnvironment } from '../git/environment.js'
import { gitFailed } from '../git/git-failure.js'
import { type GitCall, type GitOutcome, runGit } from '../git/run-git.js'
import type { Repository } from '../repository/repository.js'
import type { Site } from '../worktree/site.js'
import type { RunnableFilters } from './contract.js'
import { logVariable } from './driver-command.js'

/** How much of what a driver said is shown. */
const shownChars = 600

/** True when something has to run for the bytes of a worktree to be right. */
export function isFiltering(filters: RunnableFilters | null): filters is RunnableFilters {
  return filters !== null && filters.settings.length > 0
}

/**
 * {@link runGit} for commands that read or write the content of a worktree's files: content filters run in them, where
 * the caller of this package wants such programs to run. Without filters it is plain git.
 *
 * @throws GumpError GUMP-G012 when a filter fails.
 */
export async function filteringGit(
  repository: Repository,
  site: Site,
  args: readonly string[],
  call: GitCall,
): Promise<GitOutcome> {
  const { filters, dir, privateDir } = site
  if (!isFiltering(filters)) return runGit(args, call)
  const name = join(privateDir, `filter-${randomUUID()}`)
  const log = `${name}.log`
  const stdoutFile = `${name}.out`
  await writeFile(log, '')
  await writeFile(stdoutFile, '')
  const settings = [...filters.settings, ['core.attributesFile', everywhereFile(privateDir)] as const]
  try {
    const { code, stderr } = await filters.run({
      args,
      cwd: call.cwd,
      env: {
        ...filters.env,
        ...call.env,
        PATH: filters.env['PATH'] ?? '',
        ...settingsEnvironment(settings),
        [logVariable]: log,
      },
      writable: [dir, privateDir, join(repository.commonDir, 'objects'), ...filters.writable],
      stdoutFile,
    })
    const outcome = { code: code ?? -1, stdout: await readFile(stdoutFile), stderr }
    if (outcome.code !== 0) await demandFilters(outcome, log)
    return outcome
  } finally {
    await rm(log, { force: true })
    await rm(stdoutFile, { force: true })
  }
}

/** {@link filteringGit} for a command that has to succeed. */
export async function demandFilteringGit(
  repository: Repository,
  site: Site,
  args: readonly string[],
  call: GitCall,
): Promise<Buffer> {
  const outcome = await filteringGit(repository, site, args, call)
  if (outcome.code !== 0) throw gitFailed(args, outcome)
  return outcome.stdout
}

/** Attributes of the user's that hold for all repositories, in the private folder of a worktree. */
export function everywhereFile(privateDir: string): string {
  return join(privateDir, 'info/attributes-everywhere')
}

async function demandFilters({ stderr }: GitOutcome, log: string): Promise<void> {
  const failed = /^fatal: (.+): (clean|smudge) filter '?(.+?)'? failed$/mu.exec(stderr)
  if (failed === null) return
  const [, path = '', way = '', filter = ''] = failed
  const said = (await readFile(log, 'utf8').catch(() => '')).trim().slice(-shownChars)
  throw new GumpError(
    'GUMP-G012',
    `the content filter "${filter}" failed to ${way} ${JSON.stringify(path)}${said === '' ? '' : `: ${said}`}`,
    {
      data: { filter, path, said },
      remedy:
        way === 'clean'
          ? 'correct the file, or the filter in your git configuration; the work stays in the worktree'
          : 'see that the filter works in your own checkout: git checkout -- the file; then resume the run',
    },
  )
}
