import type { AgentStep, GateStep, GroupStep, RetryPolicy, TemplateText, WorkflowStep } from '@gump/schema'
import { agentOf } from '../agent-choice.js'
import { type Frame, itemFrame, pathOf } from '../frame.js'
import { planRetry, type RetryFacts, type RetryPlan, undecided } from '../retry-plan.js'
import type { Attempt } from '../state.js'
import { lastLaunch } from '../tree.js'
import type { Verdict } from '../verdict.js'
import { replanSegment } from './item.js'
import { answerOf, visitValidator } from './validator.js'
import { type Progress, recording, type Walk } from './walk.js'

type Failure = Extract<Verdict, { at: 'fail' }>
type RetriedStep = AgentStep | GateStep | GroupStep | WorkflowStep

/** Announces the next attempt with the overrides in force for it; null when this one was the last. */
export function visitRetry(
  walk: Walk,
  frame: Frame,
  step: RetriedStep,
  path: string,
  attempt: Attempt,
  failure: Failure,
  group?: { readonly head: string; readonly reopened: readonly string[] },
): Progress | null {
  const policy = step.retry
  if (policy === undefined || attempt.attempt >= lastAttemptFor(policy, failure.cause) || isAborted(attempt))
    return null
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

function isAborted(attempt: Attempt): boolean {
  return Object.values(attempt.pauses).some((pause) => pause.decision === 'abort')
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
    const segment = `retry.${index + 1}`
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
  group: { readonly head: string; readonly reopened: readonly string[] } | undefined,
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
  const replan = step.kind === 'agent' ? replanOf(walk, frame, step, override('replan')?.replan) : null
  const reopened = [
    ...(group?.reopened ?? []),
    ...(restartFrom === undefined ? [] : restarted(frame, step, restartFrom)),
  ]
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
    ...(group === undefined ? {} : { base_commit: worktree === 'keep' ? group.head : attempt.base }),
    ...(reopened.length === 0 ? {} : { reopened }),
    escalated: changed,
  })
}

/** Whoever splits the item around a step. A part that fails again is not split again. */
function replanOf(
  walk: Walk,
  frame: Frame,
  step: AgentStep,
  agent: TemplateText | undefined,
): { readonly replan: string; readonly item: string } | null {
  const item = agent === undefined ? null : itemFrame(frame)
  if (agent === undefined || item === null || item.path.some((segment) => segment === replanSegment))
    return null
  return { replan: agentOf(walk, frame, step, agent), item: item.path.join('/') }
}

/** The earlier sibling to go back to, and everything between it and the step. */
function restarted(frame: Frame, step: RetriedStep, from: string): readonly string[] {
  const first = frame.steps.findIndex((s) => s.name === from)
  const self = frame.steps.findIndex((s) => s.name === step.name)
  if (first < 0) return []
  return frame.steps.slice(first, self).map((s) => pathOf(frame, s.name))
}
