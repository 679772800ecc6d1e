import type { AgentStep, GateStep, GroupStep, RetryPolicy, TemplateText, WorkflowStep } from '@gump/schema'
import { agentOf } from '../agent-choice.js'
import { type Frame, itemFrame, pathOf } from '../frame.js'
import { repeats } from '../plan.js'
import { planRetry, type RetryFacts, type RetryPlan, undecided } from '../retry-plan.js'
import { type Attempt, lastLaunch, replanSegment, retrySegment } from '@gump/history'
import type { Verdict } from '../verdict.js'
import { answerOf, visitValidator } from './validator.js'
import { restartedInside } from './restart-inside.js'
import { type Progress, recording, type Walk } from './walk.js'

type Failure = Extract<Verdict, { at: 'fail' }>
type RetriedStep = AgentStep | GateStep | GroupStep | WorkflowStep

/** What a retry of a group must know about its inside. */
interface RetriedGroup {
  readonly head: string
  /** Everything inside, to be entered again. */
  readonly reopened: readonly string[]
  /** The step inside that failed; null when the gates of the group did. */
  readonly failed: string | null
}

/** Announces the next attempt with the overrides in force for it; null when this one was the last. */
export function visitRetry(
  walk: Walk,
  frame: Frame,
  step: RetriedStep,
  path: string,
  attempt: Attempt,
  failure: Failure,
  group?: RetriedGroup,
): Progress | null {
  const policy = step.retry
  if (policy === undefined || !mayRetry(policy, attempt, failure))
    return isSentBack(attempt) && group === undefined ? anotherRound(walk, path, attempt, failure) : null
  const facts: RetryFacts = {
    nextAttempt: attempt.attempt + 1,
    cause: failure.cause,
    failedGates: failure.failedGates,
    answers: {},
  }
  const asked = askValidators(walk, frame, path, attempt, policy, facts)
  if ('at' in asked) return asked
  const plan = planRetry(policy, asked)
  return announce(walk, frame, step, path, attempt, failure, policy, plan, group)
}

/** A crash of the agent is handled by what is written for failed gates. */
function lastAttemptFor(policy: RetryPolicy, cause: Failure['cause']): number {
  return policy.exitByCause?.[cause === 'agent' ? 'gate' : cause] ?? policy.exit
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
function anotherRound(walk: Walk, path: string, attempt: Attempt, failure: Failure): Progress {
  return recording(walk, `${path}@${attempt.round}.${attempt.attempt}/again`, {
    type: 'retry_triggered',
    step: path,
    round: attempt.round,
    attempt: attempt.attempt,
    next_attempt: 1,
    cause: failure.cause,
    reason: failure.reason,
    matched: [],
    session: 'keep',
    worktree: 'keep',
    reopened: [path],
    escalated: false,
  })
}

/** Runs the validators that conditions ask; their answers complete the facts. */
function askValidators(
  walk: Walk,
  frame: Frame,
  path: string,
  attempt: Attempt,
  policy: RetryPolicy,
  facts: RetryFacts,
): RetryFacts | Progress {
  let known = facts
  for (const index of undecided(policy, facts)) {
    const condition = policy.entries[index]?.condition
    if (condition?.when !== 'validate') continue
    const subject = lastLaunch(attempt)?.snapshot?.commit ?? attempt.base
    const segment = retrySegment(index)
    const progress = visitValidator(walk, frame, path, segment, condition.call, attempt, subject)
    if (progress.at === 'active' || progress.at === 'blocked') return progress
    const answer = answerOf(walk, [...path.split('/'), segment], condition.call, progress)
    known = { ...known, answers: { ...known.answers, [index]: answer.verdict } }
  }
  return known
}

function announce(
  walk: Walk,
  frame: Frame,
  step: RetriedStep,
  path: string,
  attempt: Attempt,
  failure: Failure,
  policy: RetryPolicy,
  plan: RetryPlan,
  group: RetriedGroup | undefined,
): Progress {
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
  const replan = replanOf(walk, frame, step, path, group, override('replan')?.replan)
  const ownItem = replan !== null && replan.item.startsWith(`${path}/`)
  const earlier = restartFrom === undefined ? [] : restarted(frame, step, restartFrom)
  const inside =
    restartFrom === undefined || group === undefined || ownItem || earlier.length > 0
      ? null
      : restartedInside(walk, step, path, group.failed, restartFrom)
  const reopened = inside ?? [...(ownItem ? [replan.item] : (group?.reopened ?? [])), ...earlier]
  return recording(walk, `${path}@${attempt.round}.${attempt.attempt}/retry`, {
    type: 'retry_triggered',
    step: path,
    round: attempt.round,
    attempt: attempt.attempt,
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
  walk: Walk,
  frame: Frame,
  step: RetriedStep,
  path: string,
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
function restarted(frame: Frame, step: RetriedStep, from: string): readonly string[] {
  const first = frame.steps.findIndex((s) => s.name === from)
  const self = frame.steps.findIndex((s) => s.name === step.name)
  if (first < 0) return []
  return frame.steps.slice(first, self).map((s) => pathOf(frame, s.name))
}
