import type { AgentStep, Prompt } from '@gump/schema'
import { contentBefore } from '../content.js'
import type { LaunchEffect, TreeTarget } from '../effects.js'
import { type Frame, taskOf } from '../frame.js'
import { modelOf, providerOf } from '../exhausted.js'
import { type SessionChoice, sessionFor } from '../session-choice.js'
import {
  type Attempt,
  isSessionDead,
  isUnreachable,
  lastLaunch,
  type Launch,
  type LaunchOutcome,
  type Node,
  waitForConnection,
} from '@gump/history'
import { active, awaiting, type Progress, recording, type Walk } from './walk.js'

type FailedLaunch = Extract<LaunchOutcome, { kind: 'failed' }>

const second = 1000
const minute = 60 * second

/** RUN and collect of one attempt: null when both are done. */
export function visitLaunch(
  walk: Walk,
  frame: Frame,
  step: AgentStep,
  path: string,
  node: Node,
  attempt: Attempt,
): Progress | null {
  const launch = lastLaunch(attempt)
  if (launch === null) return attempt.agent === 'pass' ? collect(walk, frame, step, path, attempt, 1) : go(1)
  if (launch.output !== null) return null
  if (attempt.agent === 'pass') return collect(walk, frame, step, path, attempt, 1)
  if (launch.lost || launch.unparked) return go(launch.n + 1)
  const { outcome } = launch
  if (outcome === null) return go(launch.n)
  if (outcome.kind === 'failed') {
    if (launch.resumes && isSessionDead(launch)) return go(launch.n + 1)
    if (outcome.cause === 'auth' || outcome.cause === 'configuration') return stopRun(walk, path, launch)
    if (isUnreachable(outcome)) return reconnect(walk, path, attempt, launch)
    if (outcome.cause === 'quota' && walk.state.options.park)
      return park(walk, path, attempt, launch, parkedUntilMs(outcome, timesParked(attempt)))
  }
  // Stopped from outside: the run is ending, and resume launches again.
  if (outcome.kind === 'killed' && launch.guard === null) return active
  return collect(walk, frame, step, path, attempt, launch.n)

  function go(n: number): Progress {
    return awaiting(walk, launchEffect(walk, frame, step, path, node, attempt, n))
  }
}

function stopRun(walk: Walk, path: string, launch: Launch): Progress {
  const { outcome } = launch
  if (outcome?.kind !== 'failed') return active
  return recording(walk, `${path}/breaker`, {
    type: 'circuit_breaker',
    step: path,
    reason: outcome.message,
    ...(outcome.remedy === null ? {} : { remedy: outcome.remedy }),
  })
}

/** The network says nothing about the work: it is tried again for some minutes, and then the run waits for a person. */
function reconnect(walk: Walk, path: string, attempt: Attempt, launch: Launch): Progress {
  const { outcome } = launch
  const wait = walk.state.options.park ? waitForConnection(attempt) : null
  if (outcome?.kind !== 'failed' || wait === null) return stopRun(walk, path, launch)
  return park(walk, path, attempt, launch, outcome.endedMs + wait)
}

function park(walk: Walk, path: string, attempt: Attempt, launch: Launch, untilMs: number): Progress {
  const id = { step: path, round: attempt.round, attempt: attempt.attempt, launch: launch.n }
  const name = `${path}@${attempt.round}.${attempt.attempt}.${launch.n}`
  if (launch.parkedUntil === null) {
    const { outcome } = launch
    if (outcome?.kind !== 'failed') return active
    const until = new Date(untilMs).toISOString()
    return recording(walk, `${name}/park`, { type: 'agent_parked', ...id, until, reason: outcome.message })
  }
  return awaiting(walk, {
    kind: 'timer',
    id: `${name}/unpark`,
    atMs: Date.parse(launch.parkedUntil),
    event: { type: 'agent_unparked', ...id },
    limit: {
      provider: providerOf(walk.state, launch.agent ?? ''),
      model: ofModel(launch) ? modelOf(walk.state, launch.agent ?? '') : null,
    },
  })
}

function ofModel({ outcome }: Launch): boolean {
  return outcome?.kind === 'failed' && outcome.limitOf === 'model'
}

function timesParked(attempt: Attempt): number {
  return attempt.launches.filter((l) => l.parkedUntil !== null && !isUnreachable(l.outcome)).length
}

/**
 * When the provider said, or longer after each time it refused, from a minute to an hour. A provider whose time is
 * over and that refuses all the same is asked less and less often, too.
 */
function parkedUntilMs({ retryAt, endedMs }: FailedLaunch, times: number): number {
  const backoff = (first: number, last: number): number => endedMs + Math.min(first * 2 ** times, last)
  return retryAt === null
    ? backoff(minute, 60 * minute)
    : Math.max(Date.parse(retryAt), backoff(second, minute))
}

function collect(
  walk: Walk,
  frame: Frame,
  step: AgentStep,
  path: string,
  attempt: Attempt,
  n: number,
): Progress {
  return awaiting(walk, {
    kind: 'collect',
    id: `${path}@${attempt.round}.${attempt.attempt}.${n}/collect`,
    step,
    frame,
    path,
    workspace: attempt.workspace,
    launch: { step: path, round: attempt.round, attempt: attempt.attempt, launch: n },
    base: attempt.base,
    before: contentBefore(walk.state, path, attempt),
    mode: modeOf(frame, step),
    task: taskOf(frame),
  })
}

/** Nothing inside a validator or a GET workflow may write. */
function modeOf(frame: Frame, step: AgentStep): LaunchEffect['mode'] {
  return frame.readOnly && step.worktree === 'read-write' ? 'read-only' : step.worktree
}

function launchEffect(
  walk: Walk,
  frame: Frame,
  step: AgentStep,
  path: string,
  node: Node,
  attempt: Attempt,
  n: number,
): LaunchEffect {
  const interrupted = attempt.launches.find((l) => l.n === n - 1 && l.lost)
  const session = sessionFor(walk, frame, step, path, node, attempt.agent ?? '')
  const announced = node.attempts.at(-2)?.retry
  return {
    kind: 'launch',
    id: `${path}@${attempt.round}.${attempt.attempt}.${n}/launch`,
    step,
    frame,
    path,
    workspace: attempt.workspace,
    launch: { step: path, round: attempt.round, attempt: attempt.attempt, launch: n },
    agent: attempt.agent ?? '',
    provider: providerOf(walk.state, attempt.agent ?? ''),
    model: modelOf(walk.state, attempt.agent ?? ''),
    begun: lastLaunch(attempt)?.n === n,
    task: taskOf(frame),
    session: session.mode === 'resume' ? { mode: 'resume', id: session.id } : { mode: 'new' },
    sessionNote: session.note ?? forgottenFiles(session, node.attempts.at(-2), n),
    tree: treeTarget(walk, path, node, attempt, interrupted !== undefined && session.mode === 'resume'),
    salvage:
      interrupted === undefined
        ? null
        : {
            launch: { step: path, round: attempt.round, attempt: attempt.attempt, launch: interrupted.n },
            agent: interrupted.agent ?? '',
          },
    base: attempt.base,
    mode: modeOf(frame, step),
    prompt: promptOverride(step, node),
    maxAttempts: step.retry?.exit ?? 1,
    escalated: announced?.escalated === true,
  }
}

/** A session remembers what a reset has taken back. */
function forgottenFiles(session: SessionChoice, before: Attempt | undefined, n: number): string | null {
  if (session.mode === 'new' || n > 1 || before === undefined || before.retry === null) return null
  // What a tripped guard has stopped is taken back as well.
  const isReset = before.retry.worktree !== 'keep' || lastLaunch(before)?.guard != null
  if (!isReset) return null
  return 'the worktree was reset and the session is kept: the agent remembers changes that are not there any more'
}

function treeTarget(walk: Walk, path: string, node: Node, attempt: Attempt, goesOn: boolean): TreeTarget {
  // The session knows the tree as the interruption left it.
  if (goesOn) return { to: 'as-is' }
  // A person may have worked on what a failed round left.
  if (node.carrySession !== null && attempt.attempt === 1 && node.past.length > 0) return { to: 'as-is' }
  const worktree = node.attempts.at(-2)?.retry?.worktree
  const commit = contentBefore(walk.state, path, attempt)
  return { to: 'commit', commit, mode: worktree === 'pristine' ? 'pristine' : 'reset' }
}

/** The prompt of the last entry that matched and brings one, unless a later reset dropped it. */
function promptOverride(step: AgentStep, node: Node): Prompt | null {
  const matched = node.attempts.at(-2)?.retry?.matched ?? []
  let prompt: Prompt | null = null
  for (const index of matched) {
    const override = step.retry?.entries[index]?.override
    if (override?.prompt !== undefined) prompt = override.prompt
    else if (override?.worktree !== undefined) prompt = null
  }
  return prompt
}
