import type { AgentStep } from '@gump/schema'
import { type Frame, pathOf } from './frame.js'
import {
  type Attempt,
  type Launch,
  type RunState,
  earlierAttempt,
  lastAttempt,
  lastLaunch,
  nodeAt,
  segments,
} from '@gump/history'
import type { Cursor } from './visit/cursor.js'

/** The session an attempt starts in; `note` says why one that was asked for is not continued. */
export type SessionChoice =
  | { readonly mode: 'new'; readonly note: string | null }
  | { readonly mode: 'resume'; readonly id: string; readonly note: null }

const fresh = (note: string | null = null): SessionChoice => ({ mode: 'new', note })

/**
 * Which session an attempt continues with: its own across launches and retries, another step's when the workflow says
 * so; always a new one when the adapter changes or cannot resume.
 */
export function sessionFor(cursor: Cursor<AgentStep>, agent: string): SessionChoice {
  const { walk, node } = cursor
  const attempt = lastAttempt(node)
  const current = attempt === null ? null : lastLaunch(attempt)
  if (attempt !== null && attempt.retry === null && current !== null) {
    if (current.sessionId !== null) return resume(walk.state, agent, current.agent, current.sessionId)
  }
  const previous = attempt?.retry !== null && attempt !== null ? attempt : node.attempts.at(-2)
  if (previous !== undefined) return afterRetry(cursor, previous, agent)
  if (node.carrySession !== null)
    return resume(walk.state, agent, earlierAttempt(node)?.agent ?? null, node.carrySession)
  return ofPolicy(cursor, agent)
}

function afterRetry(cursor: Cursor<AgentStep>, previous: Attempt, agent: string): SessionChoice {
  if (previous.retry?.session === 'new') return fresh(endedByChange(cursor.step, previous, agent))
  const launch = lastLaunch(previous)
  if (launch?.sessionId === null || launch === null) return ofPolicy(cursor, agent)
  return resume(cursor.walk.state, agent, launch.agent, launch.sessionId)
}

/** Why a session ends that the workflow did not ask to end. */
function endedByChange(step: AgentStep, previous: Attempt, agent: string): string | null {
  const { retry } = previous
  const kept = step.retry?.defaults.session === 'keep' && lastLaunch(previous)?.sessionId != null
  const asked = retry?.matched.some((index) => step.retry?.entries[index]?.override.session !== undefined)
  return kept && asked !== true && previous.agent !== agent
    ? `${agent} takes over from ${previous.agent ?? 'nobody'}, whose session it cannot continue; starting a new one`
    : null
}

function ofPolicy({ walk, frame, step }: Cursor<AgentStep>, agent: string): SessionChoice {
  if (step.session.mode === 'from') {
    const source = findStep(frame, step.session.step)
    const launch = source === null ? null : launchAt(walk.state, source)
    if (launch === null || launch.sessionId === null) {
      return fresh(`step "${step.session.step}" has no session to continue; starting a new one`)
    }
    return resume(walk.state, agent, launch.agent, launch.sessionId)
  }
  if (step.session.mode === 'previous') {
    const launch = previousOfAgent(walk.state, frame, step.name, agent)
    return launch?.sessionId == null ? fresh() : resume(walk.state, agent, launch.agent, launch.sessionId)
  }
  return fresh()
}

function resume(state: RunState, agent: string, from: string | null, id: string): SessionChoice {
  const known = state.started?.agents ?? {}
  const adapter = known[agent]?.adapter ?? agent
  const other = from === null ? adapter : (known[from]?.adapter ?? from)
  if (adapter !== other) return fresh(`${agent} cannot continue a session of ${from}; starting a new one`)
  const death = state.deadSessions.get(id)
  if (death !== undefined) return fresh(`${death}; starting a new one`)
  if (known[agent]?.resume === false) return fresh(`${agent} cannot resume sessions; starting a new one`)
  return { mode: 'resume', id, note: null }
}

/** The path of a step by its name: among the siblings first, then outward to the workflow. */
export function findStep(frame: Frame, name: string): string | null {
  if (frame.steps.some((step) => step.name === name)) return pathOf(frame, name)
  return frame.parent === null || frame.call !== null ? null : findStep(frame.parent, name)
}

function launchAt(state: RunState, path: string): Launch | null {
  const attempt = lastAttempt(nodeAt(state.root, segments(path)))
  return attempt === null ? null : lastLaunch(attempt)
}

function previousOfAgent(
  state: RunState,
  frame: Frame,
  before: string,
  agent: string,
): ReturnType<typeof launchAt> {
  const index = frame.steps.findIndex((step) => step.name === before)
  const earlier = index < 0 ? frame.steps : frame.steps.slice(0, index)
  for (const step of [...earlier].toReversed()) {
    const launch = launchAt(state, pathOf(frame, step.name))
    if (launch?.agent === agent) return launch
  }
  const parent = frame.parent
  const name = frame.path.at(-1)
  // A session belongs to one task: several would continue in it, each as if it were alone.
  return parent === null || frame.call !== null || frame.task !== null || name === undefined
    ? null
    : previousOfAgent(state, parent, name, agent)
}
