import type { IntegrateEffect } from '@gump/core'
import { describeMerge } from '../commit-text.js'
import type { RunContext } from '../run-context.js'

/** Merges a branch into the tip of its parent and moves that branch; a conflict is recorded, nothing is lost. */
export async function performIntegrate(context: RunContext, effect: IntegrateEffect): Promise<void> {
  const place = { step: effect.group, task: effect.task }
  const branch = `refs/heads/${context.worktrees.branchOf(effect.workspace)}`
  // Nothing was committed in the branch, so there is nothing to merge.
  const result =
    effect.theirs === effect.base
      ? ({ status: 'merged', commit: effect.ours } as const)
      : await context.workspace.integrate({
          ours: effect.ours,
          theirs: effect.theirs,
          base: effect.base,
          branch,
          describe: describeMerge(context, effect),
        })
  if (result.status === 'conflict') {
    context.journal.append([
      { type: 'conflict', ...place, files: result.files, action: effect.onConflict, onto: effect.ours },
    ])
    return
  }
  if (result.commit !== effect.ours) await context.workspace.moveRef(branch, effect.ours, result.commit)
  context.journal.append([
    { type: 'integrated', ...place, commit: result.commit, merged: effect.theirs, base_commit: effect.base },
  ])
}
