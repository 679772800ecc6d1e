import type { PerformedEffect } from '../../dispatch/step-executor.js'
import type { RunContext } from '../run-context.js'
import { performAsk } from './ask.js'
import { performCollect } from './collect.js'
import { performComplete } from './complete.js'
import { performEdits } from './edits.js'
import { performGate } from './gate.js'
import { performIntegrate } from './integrate.js'
import { performLaunch } from './launch.js'
import { performRestore } from './restore.js'
import { performTimer } from './timer.js'
import { performWorkspace } from './workspace.js'

/** Does what an effect says and appends what happened. Decides nothing. */
export async function perform(
  context: RunContext,
  effect: PerformedEffect,
  signal: AbortSignal,
): Promise<void> {
  await performEffect(context, effect, signal)
  const notes = context.worktrees.takeNotes()
  if (notes.length > 0) context.journal.append(notes)
}

async function performEffect(
  context: RunContext,
  effect: PerformedEffect,
  signal: AbortSignal,
): Promise<void> {
  switch (effect.kind) {
    case 'workspace':
      return performWorkspace(context, effect, signal)
    case 'launch':
      return performLaunch(context, effect, signal)
    case 'collect':
      return performCollect(context, effect)
    case 'gate':
      return performGate(context, effect, signal)
    case 'restore':
      return performRestore(context, effect)
    case 'edits':
      return performEdits(context, effect)
    case 'ask':
      return performAsk(context, effect, signal)
    case 'timer':
      return performTimer(context, effect, signal)
    case 'integrate':
      return performIntegrate(context, effect)
    case 'complete':
      return performComplete(context, effect)
  }
}
