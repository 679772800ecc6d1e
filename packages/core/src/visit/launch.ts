import type { AgentStep } from '@gump/schema'
import type { LaunchId } from '@gump/ledger'
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
  launchKey,
  waitForConnection,
} from '@gump/history'
import { promptOf } from '../retry-plan.js'
import { type AttemptCursor, idOf } from './cursor.js'
import { active, awaiting, type Progress, recording } from './walk.js'

type FailedLaunch = Extract<LaunchOutcome, { kind: 'failed' }>

const second = 1000
const minute = 60 * second

/** RUN and collect of one attempt: null when both are done. */
export function visitLaunch(cursor: AttemptCursor<AgentStep>): Progress | null {
  const { walk, attempt } = cursor
  const launch = lastLaunch(attempt)
  const go = (n: number): Progress => awaiting(walk, launchEffect(cursor, n))
  if (launch === null) return attempt.agent === 'pass' ? collect(cursor, 1) : go(1)
  if (launch.output !== null) return null
  if (attempt.agent === 'pass') return collect(cursor, 1)
  if (launch.lost || launch.unparked) return go(launch.n + 1)
  const { outcome } = launch
  if (outcome === null) return go(launch.n)
  if (outcome.kind === 'failed') {
    if (launch.resumes && isSessionDead(launch)) return go(launch.n + 1)
    if (outcome.cause === 'auth' || outcome.cause === 'configuration') return stopRun(cursor, launch)
    if (isUnreachable(outcome)) return reconnect(cursor, launch)
    if (outcome.cause === 'quota' && walk.state.options.park)
      return park(cursor, launch, parkedUntilMs(outcome, timesParked(attempt)))
  }
  // Stopped from outside: the run is ending, and resume launches again.
  if (outcome.kind === 'killed' && launch.guard === null) return active
  return collect(cursor, launch.n)
}

function stopRun({ walk, path }: AttemptCursor, launch: Launch): Progress {
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
function reconnect(cursor: AttemptCursor, launch: Launch): Progress {
  const { walk, attempt } = cursor
  const { outcome } = launch
  const wait = walk.state.options.park ? waitForConnection(attempt) : null
  if (outcome?.kind !== 'failed' || wait === null) return stopRun(cursor, launch)
  return park(cursor, launch, outcome.endedMs + wait)
}

function park(cursor: AttemptCursor, launch: Launch, untilMs: number): Progress {
  const { walk } = cursor
  const id: LaunchId = { ...idOf(cursor), launch: launch.n }
  const name = launchKey(id)
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
 * over and that still refuses is asked less and less often as well.
 */
function parkedUntilMs({ retryAt, endedMs }: FailedLaunch, times: number): number {
  const backoff = (first: number, last: number): number => endedMs + Math.min(first * 2 ** times, last)
  return retryAt === null
    ? backoff(minute, 60 * minute)
    : Math.max(Date.parse(retryAt), backoff(second, minute))
}

function collect(cursor: AttemptCursor<AgentStep>, n: number): Progress {
  const { walk, frame, step, path, attempt } = cursor
  const launch: LaunchId = { ...idOf(cursor), launch: n }
  return awaiting(walk, {
    kind: 'collect',
    id: `${launchKey(launch)}/collect`,
    step,
    frame,
    path,
    workspace: attempt.workspace,
    launch,
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

function launchEffect(cursor: AttemptCursor<AgentStep>, n: number): LaunchEffect {
  const { walk, frame, step, path, node, attempt } = cursor
  const interrupted = attempt.launches.find((l) => l.n === n - 1 && l.lost)
  const agent = attempt.agent ?? ''
  const session = sessionFor(cursor, agent)
  const announced = node.attempts.at(-2)?.retry
  const launch: LaunchId = { ...idOf(cursor), launch: n }
  return {
    kind: 'launch',
    id: `${launchKey(launch)}/launch`,
    step,
    frame,
    path,
    workspace: attempt.workspace,
    launch,
    agent,
    provider: providerOf(walk.state, agent),
    model: modelOf(walk.state, agent),
    begun: lastLaunch(attempt)?.n === n,
    task: taskOf(frame),
    session: session.mode === 'resume' ? { mode: 'resume', id: session.id } : { mode: 'new' },
    sessionNote: session.note ?? forgottenFiles(session, node.attempts.at(-2), n),
    tree: treeTarget(cursor, interrupted !== undefined && session.mode === 'resume'),
    salvage:
      interrupted === undefined
        ? null
        : { launch: { ...launch, launch: interrupted.n }, agent: interrupted.agent ?? '' },
    base: attempt.base,
    mode: modeOf(frame, step),
    prompt: promptOf(step.retry, announced?.matched ?? []),
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

function treeTarget(cursor: AttemptCursor, goesOn: boolean): TreeTarget {
  const { walk, path, node, attempt } = cursor
  // The session knows the tree as the interruption left it.
  if (goesOn) return { to: 'as-is' }
  // A person may have worked on what a failed round left.
  if (node.carrySession !== null && attempt.attempt === 1 && node.past.length > 0) return { to: 'as-is' }
  const worktree = node.attempts.at(-2)?.retry?.worktree
  const commit = contentBefore(walk.state, path, attempt)
  return { to: 'commit', commit, mode: worktree === 'pristine' ? 'pristine' : 'reset' }
}
