import type { AttemptId, LaunchId } from '@gump/ledger'
import type { Attempt, Known, Launch, Node } from './node.js'
import { PersistentMap } from './persistent-map.js'
import { type Place, placeOfSegment } from './place.js'
import type { RunState } from './state.js'

const nothingKnown: Known = { items: null, keys: [], merged: false, conflicts: 0 }

function untouched(is: Place): Node {
  return {
    is,
    children: PersistentMap.empty(),
    round: 1,
    attempts: [],
    past: [],
    completed: null,
    items: null,
    integrated: null,
    conflicts: 0,
    rerunBase: null,
    conflictsWith: null,
    replan: null,
    carrySession: null,
    known: nothingKnown,
  }
}

/** Places that nothing has happened at yet. */
const untouchedNodes: Readonly<Record<Place, Node>> = {
  run: untouched('run'),
  step: untouched('step'),
  task: untouched('task'),
  gate_validator: untouched('gate_validator'),
  retry_validator: untouched('retry_validator'),
  get: untouched('get'),
  resplit: untouched('resplit'),
  part: untouched('part'),
}

/** The root of the tree before the first event. */
export const emptyRoot: Node = untouchedNodes.run

function placeBelow(parent: Node, segment: string): Place {
  if (parent.is === 'resplit') return 'part'
  return parent.items?.has.has(segment) === true ? 'task' : placeOfSegment(segment)
}

/** Segments of a step path; the empty path is the run itself. */
export function segments(path: string): readonly string[] {
  return path === '' ? [] : path.split('/')
}

/** The node below a node; an empty one where nothing has happened yet. */
export function childOf(node: Node, segment: string): Node {
  return node.children.get(segment) ?? untouchedNodes[placeBelow(node, segment)]
}

/** The node at a path below `root`; an empty one where nothing has happened yet. */
export function nodeAt(root: Node, path: readonly string[]): Node {
  return path.reduce(childOf, root)
}

/** The attempt that is current, or was the last of its round; null before the first. */
export function lastAttempt(node: Node): Attempt | null {
  return node.attempts.at(-1) ?? null
}

/** The last attempt of the rounds before; null in the first. */
export function earlierAttempt(node: Node): Attempt | null {
  return node.past.at(-1) ?? null
}

/** All attempts at a node, those of earlier rounds first. */
export function allAttempts(node: Node): readonly Attempt[] {
  return node.past.length === 0 ? node.attempts : [...node.past, ...node.attempts]
}

/** The launch that is current, or was the last one; null before the first. */
export function lastLaunch(attempt: Attempt): Launch | null {
  return attempt.launches.at(-1) ?? null
}

/** Starts of an agent, without what stands for the edits of a person. */
export function agentLaunches(attempt: Attempt): readonly Launch[] {
  return attempt.launches.filter(({ launching, byPerson }) => launching !== null && !byPerson)
}

/** The attempt that an event is about, of this round or of one before; null when the ledger does not tell of it. */
export function attemptOf(state: RunState, id: AttemptId): Attempt | null {
  const { attempts, past } = nodeAt(state.root, segments(id.step))
  return attempts.findLast(isAttempt(id)) ?? past.findLast(isAttempt(id)) ?? null
}

/** The launch that an event is about. */
export function launchOf(state: RunState, id: LaunchId): Launch | null {
  return attemptOf(state, id)?.launches.find(({ n }) => n === id.launch) ?? null
}

function isAttempt({ round, attempt }: AttemptId): (candidate: Attempt) => boolean {
  return (candidate) => candidate.round === round && candidate.attempt === attempt
}

/** The state with an attempt changed; unchanged when the ledger does not tell of the attempt. */
export function changeAttempt(
  state: RunState,
  id: AttemptId,
  change: (attempt: Attempt) => Attempt,
): RunState {
  const known = attemptOf(state, id)
  if (known === null) return state
  const replaced = (attempts: readonly Attempt[]): readonly Attempt[] => {
    const index = attempts.lastIndexOf(known)
    return index === -1 ? attempts : attempts.with(index, change(known))
  }
  return changeNode(state, id.step, (node) => ({
    ...node,
    attempts: replaced(node.attempts),
    past: replaced(node.past),
  }))
}

/** A copy of the tree in which one node is replaced; everything off the path is shared. */
function updateNode(root: Node, path: readonly string[], change: (node: Node) => Node): Node {
  const [head, ...rest] = path
  if (head === undefined) return change(root)
  const known = childOf(root, head)
  const child = updateNode(known, rest, change)
  return child === known ? root : { ...root, children: root.children.set(head, child) }
}

/** The state with the node at a path changed. */
export function changeNode(state: RunState, path: string, change: (node: Node) => Node): RunState {
  const root = updateNode(state.root, segments(path), change)
  return root === state.root ? state : { ...state, root }
}

/** Calls `visit` with every node that something happened at, parents first. */
export function walkNodes(
  node: Node,
  visit: (node: Node, path: readonly string[]) => void,
  path: readonly string[] = [],
): void {
  visit(node, path)
  for (const [segment, child] of node.children.entries()) walkNodes(child, visit, [...path, segment])
}

/** The node and everything below it, ready to be entered again: facts of its attempts stay as those of rounds before. */
export function reopened(node: Node): Node {
  const entered = node.attempts.length > 0
  return {
    ...untouchedNodes[node.is],
    children: node.children.map(reopened),
    round: entered ? node.round + 1 : node.round,
    past: allAttempts(node),
    known: node.known,
  }
}

/** The same for a step that continues in the session and in the files it had. */
export function goesOn(node: Node): Node {
  const attempt = lastAttempt(node)
  const session = attempt === null ? null : (lastLaunch(attempt)?.sessionId ?? null)
  return { ...reopened(node), carrySession: session }
}
