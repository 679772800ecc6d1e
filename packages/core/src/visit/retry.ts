import type { RetryPolicy, TemplateText } from '@gump/schema'
import { type Attempt, lastLaunch, replanSegment, retrySegment } from '@gump/history'
import { agentOf } from '../agent-choice.js'
import { type Frame, itemFrame, pathOf } from '../frame.js'
import { repeats } from '../plan.js'
import { lastAttemptFor, planRetry, type RetryFacts, type RetryPlan, undecided } from '../retry-plan.js'
import type { Verdict } from '../verdict.js'
import { type AttemptCursor, effectId, idOf, type TriedStep } from './cursor.js'
import { restartedInside } from './restart-inside.js'
import { answerOf, visitValidator } from './validator.js'
import { type Progress, recording } from './walk.js'

type Failure = Extract<Verdict, { at: 'fail' }>

/** What a retry of a group must know about its inside. */
export interface RetriedGroup {
  readonly head: string
  /** Everything inside, to be entered again. */
  readonly reopened: readonly string[]
  /** The step inside that failed; null when the gates of the group did. */
  readonly failed: string | null
}

/** Announces the next attempt with the overrides in force for it; null when this one was the last. */
export function visitRetry(
  cursor: AttemptCursor<TriedStep>,
  failure: Failure,
  group: RetriedGroup | undefined,
): Progress | null {
  const { step, attempt } = cursor
  const policy = step.retry
  if (policy === undefined || !mayRetry(policy, attempt, failure))
    return isSentBack(attempt) && group === undefined ? anotherRound(cursor, failure) : null
  const facts: RetryFacts = {
    nextAttempt: attempt.attempt + 1,
    cause: failure.cause,
    failedGates: failure.failedGates,
    answers: {},
  }
  const asked = askValidators(cursor, policy, facts)
  if ('at' in asked) return asked
  return announce(cursor, failure, { policy, plan: planRetry(policy, asked), group })
}

function mayRetry(policy: RetryPolicy, attempt: Attempt, { cause }: Failure): boolean {
  if (attempt.attempt >= lastAttemptFor(policy, cause) || isAborted(attempt)) return false
  // What the step may cost is spent: another attempt would be over it before it had begun.
  return lastLaunch(attempt)?.guard?.guard !== 'max_budget'
}

function isAborted(attempt: Attempt): boolean {
  return Object.values(attempt.pauses).some((pause) => pause.decision === 'abort')
}

function isSentBack(attempt: Attempt): boolean {
  return !isAborted(attempt) && Object.values(attempt.pauses).some((pause) => pause.decision === 'retry')
}

/** A person who wants a step done again gets it, however many attempts the workflow allows. */
function anotherRound(cursor: AttemptCursor, failure: Failure): Progress {
  return recording(cursor.walk, effectId(cursor, 'again'), {
    type: 'retry_triggered',
    ...idOf(cursor),
    next_attempt: 1,
    cause: failure.cause,
    reason: failure.reason,
    matched: [],
    session: 'keep',
    worktree: 'keep',
    reopened: [cursor.path],
    escalated: false,
  })
}

/** Runs the validators that conditions ask; their answers complete the facts. */
function askValidators(cursor: AttemptCursor, policy: RetryPolicy, facts: RetryFacts): RetryFacts | Progress {
  const { attempt } = cursor
  let known = facts
  for (const index of undecided(policy, facts)) {
    const condition = policy.entries[index]?.condition
    if (condition?.when !== 'validate') continue
    const subject = lastLaunch(attempt)?.snapshot?.commit ?? attempt.base
    const called = { call: condition.call, segment: retrySegment(index), subject }
    const progress = visitValidator(cursor, called)
    if (progress.at === 'active' || progress.at === 'blocked') return progress
    const { verdict } = answerOf(cursor, called, progress)
    known = { ...known, answers: { ...known.answers, [index]: verdict } }
  }
  return known
}

/** What is planned for the next attempt, and by which policy. */
interface Planned {
  readonly policy: RetryPolicy
  readonly plan: RetryPlan
  readonly group: RetriedGroup | undefined
}

function announce(cursor: AttemptCursor<TriedStep>, failure: Failure, planned: Planned): Progress {
  const { walk, frame, step, path, attempt } = cursor
  const { policy, plan, group } = planned
  const override = <K extends keyof RetryPlan>(
    key: K,
  ): RetryPolicy['entries'][number]['override'] | undefined => {
    const index = plan[key]
    return typeof index === 'number' ? policy.entries[index]?.override : undefined
  }
  const agent =
    step.kind === 'agent' ? agentOf(walk, frame, step, override('agent')?.agent ?? step.agent) : null
  const changed = agent !== null && attempt.agent !== null && agent !== attempt.agent
  const restartFrom = override('restartFrom')?.restartFrom
  const worktree = override('worktree')?.worktree ?? policy.defaults.worktree
  const replan = replanOf(cursor, group, override('replan')?.replan)
  const ownItem = replan !== null && replan.item.startsWith(`${path}/`)
  const earlier = restartFrom === undefined ? [] : restarted(frame, step, restartFrom)
  const inside =
    restartFrom === undefined || group === undefined || ownItem || earlier.length > 0
      ? null
      : restartedInside(cursor, group.failed, restartFrom)
  const reopened = inside ?? [...(ownItem ? [replan.item] : (group?.reopened ?? [])), ...earlier]
  return recording(walk, effectId(cursor, 'retry'), {
    type: 'retry_triggered',
    ...idOf(cursor),
    next_attempt: attempt.attempt + 1,
    cause: failure.cause,
    reason: failure.reason,
    matched: plan.matched,
    ...(agent === null ? {} : { agent }),
    session: plan.session !== null || changed ? 'new' : policy.defaults.session,
    worktree,
    ...(restartFrom === undefined ? {} : { restart_from: restartFrom }),
    ...replan,
    ...(group === undefined
      ? {}
      : {
          base_commit: worktree === 'keep' && !ownItem && inside === null ? group.head : attempt.base,
        }),
    ...(reopened.length === 0 ? {} : { reopened }),
    escalated: changed,
  })
}

/** Who splits the failing item: one that the step repeats over, or the one around it. */
function replanOf(
  { walk, frame, step, path }: AttemptCursor<TriedStep>,
  group: RetriedGroup | undefined,
  agent: TemplateText | undefined,
): { readonly replan: string; readonly item: string } | null {
  if (agent === undefined) return null
  const item = repeats(step) ? itemOf(path, group?.failed ?? null) : itemAround(frame)
  return item === null ? null : { replan: agentOf(walk, frame, step, agent), item }
}

/** The items that have passed stay as they are; only the one that failed is worked on again. */
function itemOf(path: string, failed: string | null): string | null {
  if (failed === null || !failed.startsWith(`${path}/`)) return null
  const [name = ''] = failed.slice(path.length + 1).split('/')
  return `${path}/${name}`
}

/** A part that fails again is not split again. */
function itemAround(frame: Frame): string | null {
  const item = itemFrame(frame)
  if (item === null || item.path.some((segment) => segment === replanSegment)) return null
  return item.path.join('/')
}

/** The earlier sibling to go back to, and everything between it and the step. */
function restarted(frame: Frame, step: TriedStep, from: string): readonly string[] {
  const first = frame.steps.findIndex((s) => s.name === from)
  const self = frame.steps.findIndex((s) => s.name === step.name)
  if (first < 0) return []
  return frame.steps.slice(first, self).map((s) => pathOf(frame, s.name))
}
