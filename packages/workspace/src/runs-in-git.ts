import { cleanEnvironment } from './git/environment.js'
import type { RunsInGit } from './contract.js'
import { createPerform } from './faults.js'
import { createAppliedRuns } from './operations/applied-runs.js'
import { facts, type Head, readHead } from './operations/facts.js'
import { countOnlyInRuns, runTraces } from './operations/run-traces.js'
import { tracedRuns } from './operations/traced-runs.js'
import { discover } from './repository/discover.js'
import { openRepository, type Repository } from './repository/repository.js'
import { locateWorktree } from './worktree/locate.js'

/**
 * Looks at what git tells of runs, without what changes a repository.
 *
 * @throws GumpError as `openWorkspace`
 */
export async function lookAtRuns(
  repoPath: string,
  { env }: { readonly env: Readonly<Record<string, string | undefined>> },
): Promise<RunsInGit> {
  const repository = openRepository(await discover(repoPath, cleanEnvironment(env)), {
    env,
    identity: { name: 'Gump', email: 'gump@localhost' },
    power: false,
    perform: createPerform(() => {}),
    now: Date.now,
  })
  let head: Promise<Head> | null = null
  // One look: all runs are compared with the same HEAD.
  return runsInGit(repository, () => (head ??= readHead(repository)))
}

/** What an open repository tells of runs. */
export function runsInGit(repository: Repository, currentHead?: () => Promise<Head>): RunsInGit {
  const applied = createAppliedRuns(repository, currentHead)
  return {
    facts: () => facts(repository),
    isApplied: (runId, commit) => applied(runId, commit),
    runTraces: () => runTraces(repository),
    tracedRuns: (known) => tracedRuns(repository, known),
    countOnlyInRuns: (commits) => countOnlyInRuns(repository, commits),
    locateWorktree: (name, folders) => locateWorktree(repository, name, folders),
    close: () => repository.close(),
  }
}
