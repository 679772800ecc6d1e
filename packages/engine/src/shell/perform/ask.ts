import type { AskEffect } from '@gump/core'
import type { RunContext } from '../run-context.js'

/** Shows a person what has been done and records what they say. */
export async function performAsk(
  context: Pick<RunContext, 'ambient' | 'journal' | 'masker' | 'worktrees'>,
  effect: AskEffect,
  signal: AbortSignal,
): Promise<void> {
  const { human } = context.ambient
  if (human === null) throw new Error('nobody can be asked')
  const worktree = await context.worktrees.open(effect.workspace)
  const answer = await human.ask({
    step: effect.path,
    at: effect.at,
    worktree: worktree.dir,
    baseCommit: effect.base,
    commit: effect.commit,
    signal,
  })
  if (signal.aborted) return
  const { path: step, round, attempt, at } = effect
  if (answer.decision === 'later') {
    context.journal.append([{ type: 'hitl_deferred', step, round, attempt, at }])
    return
  }
  context.journal.append([
    {
      type: 'hitl_resumed',
      step,
      round,
      attempt,
      at,
      decision: answer.decision,
      ...(answer.decision === 'retry' ? { note: context.masker.mask(answer.note) } : {}),
    },
  ])
}
