import type { NewEvent } from '@gump/ledger'
import type { Worktree } from '@gump/workspace'
import type { EditsEffect } from '@gump/core'
import { adoptEdits } from '../adopt-edits.js'
import { keepEdits, takeIntoAttempt } from '../edited-attempt.js'
import type { RunContext } from '../run-context.js'

/** Takes in what a person changed while a step waited for them, whatever they answered: nothing of it is lost. */
export async function performEdits(context: RunContext, effect: EditsEffect): Promise<void> {
  const worktree = await context.worktrees.open(effect.workspace)
  const taken = await take(context, effect, worktree)
  context.journal.append([
    ...taken,
    {
      type: 'hitl_settled',
      step: effect.path,
      round: effect.round,
      attempt: effect.attempt,
      at: effect.at,
      edited: taken.length > 0 && effect.into !== 'undo',
    },
  ])
}

async function take(context: RunContext, effect: EditsEffect, worktree: Worktree): Promise<NewEvent[]> {
  const { workspace, subject } = effect
  if (context.worktrees.isMadeAgain(workspace)) {
    // Nobody edited what is not there: it gets what the one before held.
    await worktree.restore(subject, 'reset')
    context.worktrees.settle(workspace)
    return []
  }
  if (effect.into === 'adopt') {
    const to = await adoptEdits(context, worktree, { base: subject, content: subject })
    return to === null ? [] : [{ type: 'edits_adopted', workspace, from: subject, to }]
  }
  if (!(await worktree.differsFrom(subject))) return []
  if (effect.into === 'undo') {
    const { ref } = await keepEdits(context, effect, worktree, subject)
    const message = `edits made by hand do not go into a step that only judges; they are kept at ${ref}`
    // Said first: once they are undone, nobody who takes the run up again would know of them.
    context.journal.append([{ type: 'warning', step: effect.path, message }])
    await worktree.restore(subject, 'reset')
    return []
  }
  return takeIntoAttempt(context, effect, worktree)
}
