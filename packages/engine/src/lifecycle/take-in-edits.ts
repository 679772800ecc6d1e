import type { NewEvent } from '@gump/ledger'
import { isBusy } from '../core/busy.js'
import { tipsOf } from '../core/decide.js'
import type { RunState } from '../core/state.js'
import { adoptEdits } from '../shell/adopt-edits.js'
import type { RunContext } from '../shell/run-context.js'

/**
 * What a person changed in a worktree of a run while nothing was in flight there becomes a commit of its own. Where a
 * step waits for an answer, the edits are taken in with it.
 */
export async function takeInEdits(context: RunContext, state: RunState): Promise<readonly NewEvent[]> {
  const tips = tipsOf(context.plan, state)
  const taken: NewEvent[] = []
  for (const [workspace, { ready, released, content }] of Object.entries(state.workspaces)) {
    const base = tips.get(workspace)
    if (!ready || released || content === null || base === undefined) continue
    if (isBusy(state.root, workspace)) continue
    const worktree = await context.worktrees.open(workspace)
    const to = await adoptEdits(context, worktree, { base, content })
    if (to !== null) taken.push({ type: 'edits_adopted', workspace, from: base, to })
  }
  return taken
}
