import type { NewEvent } from '@gump/ledger'
import type { Worktree } from '@gump/workspace'
import { isBusy, tipsOf } from '@gump/core'
import { lastAttempt, lastLaunch, type RunState, walkNodes } from '@gump/history'
import { adoptEdits } from '../shell/adopt-edits.js'
import { type EditedAttempt, keepEdits, takeIntoAttempt } from '../shell/edited-attempt.js'
import type { RunContext } from '../shell/run-context.js'

/**
 * What a person changed in a worktree of a run while nothing was in flight there becomes a part of the attempt that is to
 * be judged, or a commit of its own. Where a step waits for an answer, the edits are taken in with it.
 */
export async function takeInEdits(context: RunContext, state: RunState): Promise<readonly NewEvent[]> {
  const tips = tipsOf(context.plan, state)
  const taken: NewEvent[] = []
  for (const [workspace, { ready, released, content }] of state.workspaces.entries()) {
    const base = tips.get(workspace)
    if (!ready || released || base === undefined || isBusy(state.root, workspace)) continue
    const judged = attemptToJudge(state, workspace)
    if (content === null && judged === null) continue
    const worktree = await context.worktrees.open(workspace)
    if (worktree.remade) {
      // Nobody edited what is not there: it gets what the one before held.
      await worktree.restore(judged?.subject ?? content ?? base, 'reset')
      context.worktrees.settle(workspace)
      continue
    }
    if (judged !== null) {
      taken.push(...(await takeIn(context, worktree, judged, content !== null)))
      continue
    }
    const to = await adoptEdits(context, worktree, { base, content: content ?? base })
    if (to !== null) taken.push({ type: 'edits_adopted', workspace, from: base, to })
  }
  return taken
}

/** The attempt of an agent whose work is in a worktree and has no verdict yet. */
function attemptToJudge(state: RunState, workspace: string): EditedAttempt | null {
  let found: EditedAttempt | null = null
  walkNodes(state.root, (node, path) => {
    const attempt = lastAttempt(node)
    if (attempt === null || attempt.workspace !== workspace) return
    if (node.completed !== null || attempt.retry !== null) return
    const launch = lastLaunch(attempt)
    if (launch === null || launch.snapshot === null) return
    const { round, attempt: n, base, task } = attempt
    const subject = launch.snapshot.commit
    found = { path: path.join('/'), round, attempt: n, base, subject, launch: launch.n + 1, task }
  })
  return found
}

/** @param isKnown - no gate can have changed the files. */
async function takeIn(
  context: RunContext,
  worktree: Worktree,
  judged: EditedAttempt,
  isKnown: boolean,
): Promise<readonly NewEvent[]> {
  if (!(await worktree.differsFrom(judged.subject))) return []
  if (isKnown) {
    // A step that had its commit already, and could not tell, gets another one.
    await worktree.resetBranch(judged.base)
    return takeIntoAttempt(context, judged, worktree)
  }
  const { ref } = await keepEdits(context, judged, worktree, judged.subject)
  const message = `its gates were interrupted; what they or a person changed in the worktree does not count, and is kept at ${ref}`
  return [{ type: 'warning', step: judged.path, message }]
}
