import type { Attempt, Launch, Node } from './state.js'
import { goesOn, lastAttempt, lastLaunch, reopened } from './tree.js'
import { isUnreachable } from './unreachable.js'

/** How a run is taken up again. */
interface Revival {
  /** Steps that had failed for good are entered again. */
  readonly retryFailed: boolean
  /** Who does what is left; null: whoever the workflow says. */
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
  const attempts = node.attempts.map((a, i) =>
    i === node.attempts.length - 1 ? handOver(loseLaunch(a), how.agent) : a,
  )
  return reviveChildren({ ...node, attempts }, how)
}

function reviveChildren(node: Node, how: Revival): Node {
  const children = Object.entries(node.children).map(([name, child]) => [name, revive(child, how)] as const)
  return { ...node, children: Object.fromEntries(children) }
}

/** A group goes on where a step inside it failed; anything else starts a new round with the session it had. */
function reenter(node: Node, how: Revival): Node {
  const attempt = lastAttempt(node)
  const failedInside = Object.entries(node.children).some(
    ([name, child]) => !name.includes('.') && hasFailure(child),
  )
  if ((attempt?.kind === 'group' || attempt?.kind === 'workflow') && failedInside) {
    return reviveChildren({ ...node, completed: null }, how)
  }
  return goesOn(node)
}

function hasFailure(node: Node): boolean {
  const failed = node.completed !== null && node.completed.status !== 'pass'
  return failed || node.conflictsWith !== null || Object.values(node.children).some(hasFailure)
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
  // One that waits for the connection goes on to wait; one that gave up begins anew.
  if (isUnreachable(outcome)) return launch.parkedUntil === null
  return outcome.cause === 'auth' || outcome.cause === 'configuration'
}
