import { plural } from '@gump/errors'
import type { RunsInGit, RunTrace } from '@gump/workspace'
import type { RunRemains } from '../run.js'

/** What runs have left in git, asked for once and only on demand. */
export interface Traces {
  all(): Promise<readonly RunTrace[]>
  of(runId: string): Promise<RunTrace | null>
}

export function lookForTraces(workspace: RunsInGit): Traces {
  let asked: Promise<readonly RunTrace[]> | null = null
  const all = (): Promise<readonly RunTrace[]> => (asked ??= workspace.runTraces())
  return {
    all,
    of: async (runId) => (await all()).find((trace) => trace.runId === runId) ?? null,
  }
}

/** What would be lost with a run of which only git tells. */
export async function remainsOf(
  workspace: RunsInGit,
  runId: string,
  trace: RunTrace | null,
): Promise<{ readonly remains: RunRemains; readonly applied: boolean }> {
  const { tip = null, commits = [], worktrees = [], branches = [] } = trace ?? {}
  const applied = tip !== null && (await workspace.isApplied(runId, tip))
  const branch = tip === null ? (branches[0] ?? null) : `gump/run-${runId}`
  const count = await workspace.countOnlyInRuns(commits)
  return { remains: { branch, commits: count, worktrees, text: describe(branch, count, applied) }, applied }
}

function describe(branch: string | null, count: number, applied: boolean): string {
  const commits = plural(count, 'commit')
  const after = applied
    ? ' that no branch of yours has, and its work was applied'
    : ' that no branch of yours has'
  if (branch === null) {
    return count === 0
      ? 'it has no branch and no commits'
      : `it has no branch, but its refs hold ${commits}${after}`
  }
  if (count === 0) return `its branch ${branch} holds nothing that yours do not have`
  return `its branch ${branch} and its refs hold ${commits}${after}`
}
