import type { GateFile } from '@gump/gates'
import type { GateEffect } from '../core/effects.js'
import { baseOfWork } from '../core/judged-change.js'
import { lastAttempt, lastLaunch, nodeAt, segments } from '../core/tree.js'
import type { RunContext } from './run-context.js'

/** What the judged attempt changed; for a gate step or a group, what was done before it. */
export async function changedFiles(context: RunContext, effect: GateEffect): Promise<readonly GateFile[]> {
  const attempt = lastAttempt(nodeAt(context.journal.state.root, segments(effect.path)))
  const snapshot = attempt === null ? null : lastLaunch(attempt)?.snapshot
  if (snapshot) return snapshot.files.map(({ path, status }) => ({ path, status }))
  const { state } = context.journal
  const base = effect.stepType === 'gate' ? (baseOfWork(state, effect.frame) ?? effect.base) : effect.base
  if (base === effect.subject) return []
  return (await context.workspace.changedFiles(base, effect.subject)).map(({ path, status }) => ({
    path,
    status,
  }))
}

/** The tasks of a split, or another output, as the agent wrote it. */
export async function rawOutput(context: RunContext, effect: GateEffect): Promise<string | null> {
  const attempt = lastAttempt(nodeAt(context.journal.state.root, segments(effect.path)))
  const output = attempt === null ? null : lastLaunch(attempt)?.output?.output
  return output ? context.artifacts.readText(output.path) : null
}
