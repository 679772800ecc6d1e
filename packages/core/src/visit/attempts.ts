import type { FailureCause } from '@gump/schema'
import type { NewEvent } from '@gump/ledger'
import { attemptKey, type Attempt, lastAttempt } from '@gump/history'
import type { CompleteEffect } from '../effects.js'
import type { Verdict } from '../verdict.js'
import { type AttemptCursor, type Cursor, effectId, type TriedStep } from './cursor.js'
import { visitGates } from './gates.js'
import { visitPause } from './pause.js'
import { type RetriedGroup, visitRetry } from './retry.js'
import { awaiting, type Progress, recording } from './walk.js'

/** What an attempt has brought, to be judged; with a failure it is judged by that alone. */
export interface Work {
  readonly subject: string
  readonly failure: Extract<Verdict, { at: 'fail' }> | null
  /** What a retry of a group must know about its inside. */
  readonly group?: RetriedGroup
}

/** How a step ends, beside what every step ends with. */
export type Ending = Pick<CompleteEffect, 'workspace' | 'promote' | 'commit' | 'restore' | 'agent'>

/** What is particular to the attempts of one kind of step. */
export interface Trial<S extends TriedStep> {
  /** The line that opens attempt `n`, after `previous`. */
  open(cursor: Cursor<S>, n: number, previous: Attempt | null): NewEvent
  /** Does what is to be judged; a progress while that is not done. */
  work(cursor: AttemptCursor<S>): Work | Progress
  judge(cursor: AttemptCursor<S>): Verdict
  end(cursor: AttemptCursor<S>, work: Work, verdict: Verdict): Ending
}

/** The life of a step until it ends: an attempt is opened, works, is judged, and another follows while retry allows. */
export function visitAttempts<S extends TriedStep>(cursor: Cursor<S>, trial: Trial<S>): Progress {
  const { walk, node, path } = cursor
  const attempt = lastAttempt(node)
  if (attempt === null || attempt.retry !== null) {
    const n = (attempt?.attempt ?? 0) + 1
    const id = attemptKey({ step: path, round: node.round, attempt: n })
    return recording(walk, `${id}/start`, trial.open(cursor, n, attempt))
  }
  const at: AttemptCursor<S> = { ...cursor, attempt }
  const work = trial.work(at)
  if ('at' in work) return work
  return judgeWork(at, work) ?? conclude(at, work, trial)
}

/** Gates and people look at what was done; null when all of them have. */
function judgeWork(at: AttemptCursor<TriedStep>, { subject, failure }: Work): Progress | null {
  if (failure !== null) return null
  return (
    visitPause(at, 'before_gate', subject) ?? visitGates(at, subject) ?? visitPause(at, 'after_gate', subject)
  )
}

function conclude<S extends TriedStep>(at: AttemptCursor<S>, work: Work, trial: Trial<S>): Progress {
  const { walk, attempt, path, step } = at
  const verdict = work.failure ?? trial.judge(at)
  const failure = verdict.at === 'fail' ? verdict : null
  const retry = failure === null ? null : visitRetry(at, failure, work.group)
  if (retry !== null) return retry
  return awaiting(walk, {
    kind: 'complete',
    id: effectId(at, 'complete'),
    path,
    stepKind: step.kind,
    round: attempt.round,
    attempt: attempt.attempt,
    status: failure === null ? 'pass' : 'fatal',
    cause: failure?.cause ?? null,
    reason: failure?.reason ?? null,
    base: attempt.base,
    task: attempt.task,
    ...trial.end(at, work, verdict),
  })
}

/** A step that has failed its last attempt. */
export function failedStep({ node, path, head }: Cursor, cause: FailureCause | 'agent'): Progress {
  return { at: 'failed', step: path, reason: node.completed?.reason ?? 'failed', cause, head }
}
