import type { GateFile } from '@gump/gates'
import { baseOfWork, type GateEffect } from '@gump/core'
import { lastAttempt, lastLaunch, nodeAt, segments } from '@gump/history'
import type { RunContext } from './run-context.js'

/** What the judged attempt changed; for a gate step or a group, what was done before it. */
export async function changedFiles(
  context: Pick<RunContext, 'journal' | 'workspace'>,
  effect: GateEffect,
): Promise<readonly GateFile[]> {
  const attempt = lastAttempt(nodeAt(context.journal.state.root, segments(effect.path)))
  const snapshot = attempt === null ? null : lastLaunch(attempt)?.snapshot
  if (snapshot) return snapshot.files.map(({ path, status }) => ({ path, status }))
  const base = baseOfJudged(context, effect)
  if (base === effect.subject) return []
  return (await context.workspace.changedFiles(base, effect.subject)).map(({ path, status }) => ({
    path,
    status,
  }))
}

/** The commit that the judged work began with; for a gate step that of the task, or of the workflow. */
export function baseOfJudged(context: Pick<RunContext, 'journal'>, effect: GateEffect): string {
  if (effect.stepType !== 'gate') return effect.base
  return baseOfWork(context.journal.state, effect.frame) ?? effect.base
}

/** The tasks of a split, or another output, as the agent wrote it. */
export async function rawOutput(
  context: Pick<RunContext, 'artifacts' | 'journal'>,
  effect: GateEffect,
): Promise<string | null> {
  const attempt = lastAttempt(nodeAt(context.journal.state.root, segments(effect.path)))
  const output = attempt === null ? null : lastLaunch(attempt)?.output?.output
  return output ? context.artifacts.readText(output) : null
}
