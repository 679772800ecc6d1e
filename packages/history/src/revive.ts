import type { Attempt, Launch, Node } from './node.js'
import { isAside } from './place.js'
import { goesOn, lastAttempt, lastLaunch, reopened } from './tree.js'
import { isUnreachable } from './unreachable.js'

/** How a run is taken up again. */
interface Revival {
  /** Steps that had failed their last attempt are entered again. */
  readonly retryFailed: boolean
  /** The agent for what is left; null: the one that the workflow names. */
  readonly agent: string | null
}

/** Launches in flight are lost, and what is left is given to whom the person chose. */
export function revive(node: Node, how: Revival): Node {
  const { retryFailed } = how
  if (node.completed?.status === 'pass') return reviveChildren(node, how)
  if (node.completed !== null) return retryFailed ? reenter(node, how) : node
  // A branch that could not be merged runs again on top of what it could not be merged into.
  if (retryFailed && node.conflictsWith !== null)
    return { ...reopened(node), conflicts: node.conflicts, rerunBase: node.conflictsWith }
  const last = lastAttempt(node)
  if (last === null) return reviveChildren(node, how)
  const current = handOver(loseLaunch(last), how.agent)
  return reviveChildren({ ...node, attempts: [...node.attempts.slice(0, -1), current] }, how)
}

function reviveChildren(node: Node, how: Revival): Node {
  const children = node.children.map((child) => revive(child, how))
  return children === node.children ? node : { ...node, children }
}

/** A group continues where a step inside it failed; anything else starts a new round with the session it had. */
function reenter(node: Node, how: Revival): Node {
  const attempt = lastAttempt(node)
  const failedInside = node.children
    .values()
    .some((child) => !isAside(child.is) && child.is !== 'resplit' && hasFailure(child))
  if ((attempt?.kind === 'group' || attempt?.kind === 'workflow') && failedInside) {
    return reviveChildren({ ...node, completed: null }, how)
  }
  return goesOn(node)
}

function hasFailure(node: Node): boolean {
  const failed = node.completed !== null && node.completed.status !== 'pass'
  return failed || node.conflictsWith !== null || node.children.values().some(hasFailure)
}

function loseLaunch(attempt: Attempt): Attempt {
  const last = lastLaunch(attempt)
  if (last === null || last.output !== null || !isUnfinished(last)) return attempt
  return { ...attempt, launches: [...attempt.launches.slice(0, -1), { ...last, lost: true }] }
}

/** Work that nobody has begun, was lost, or waits for a quota goes to the other agent; what was done stays whose it is. */
function handOver(attempt: Attempt, agent: string | null): Attempt {
  if (agent === null || attempt.agent === null || attempt.agent === 'pass') return attempt
  const { retry } = attempt
  if (retry !== null) return retry.agent === undefined ? attempt : { ...attempt, retry: { ...retry, agent } }
  const last = lastLaunch(attempt)
  if (last === null || last.lost) return { ...attempt, agent }
  if (last.parkedUntil === null || last.unparked || attempt.agent === agent) return attempt
  return { ...attempt, agent, launches: [...attempt.launches.slice(0, -1), { ...last, lost: true }] }
}

/** No outcome of its own: nothing at all, stopped from outside, or stopped by something no retry cures. */
function isUnfinished(launch: Launch): boolean {
  const { outcome, guard } = launch
  if (outcome === null) return true
  if (outcome.kind === 'killed') return outcome.by !== 'guard' && guard === null
  if (outcome.kind !== 'failed') return false
  // One that waits for the connection keeps waiting; one that gave up starts over.
  if (isUnreachable(outcome)) return launch.parkedUntil === null
  return outcome.cause === 'auth' || outcome.cause === 'configuration'
}
