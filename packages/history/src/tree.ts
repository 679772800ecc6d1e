import type { Attempt, Launch, Node, RunState } from './state.js'

/** A place that nothing has happened at yet. */
export const emptyNode: Node = {
  children: {},
  round: 1,
  attempts: [],
  earlier: null,
  completed: null,
  items: null,
  integrated: null,
  conflicts: 0,
  rerunBase: null,
  conflictsWith: null,
  replan: null,
  carrySession: null,
}

/** The path segment of the split that takes the place of an item's steps; a dot keeps it apart from their names. */
export const replanSegment = 'replan.1'

/** Segments of a step path; the empty path is the run itself. */
export function segments(path: string): readonly string[] {
  return path === '' ? [] : path.split('/')
}

/** The node below a node; an empty one where nothing has happened yet. */
export function childOf(node: Node, segment: string): Node {
  return Object.hasOwn(node.children, segment) ? (node.children[segment] ?? emptyNode) : emptyNode
}

/** The node at a path below `root`; an empty one where nothing has happened yet. */
export function nodeAt(root: Node, path: readonly string[]): Node {
  return path.reduce(childOf, root)
}

/** The attempt that is current, or was the last of its round; null before the first. */
export function lastAttempt(node: Node): Attempt | null {
  return node.attempts.at(-1) ?? null
}

/** The launch that is current, or was the last one; null before the first. */
export function lastLaunch(attempt: Attempt): Launch | null {
  return attempt.launches.at(-1) ?? null
}

/** A copy of the tree in which one node is replaced; everything off the path is shared. */
export function updateNode(root: Node, path: readonly string[], change: (node: Node) => Node): Node {
  const [head, ...rest] = path
  if (head === undefined) return change(root)
  const child = updateNode(childOf(root, head), rest, change)
  return { ...root, children: { ...root.children, [head]: child } }
}

export function changeNode(state: RunState, path: string, change: (node: Node) => Node): RunState {
  return { ...state, root: updateNode(state.root, segments(path), change) }
}

/** Calls `visit` with every node that something happened at, parents first. */
export function walkNodes(
  node: Node,
  visit: (node: Node, path: readonly string[]) => void,
  path: readonly string[] = [],
): void {
  visit(node, path)
  for (const [segment, child] of Object.entries(node.children)) walkNodes(child, visit, [...path, segment])
}

/** The node and everything below it, ready to be entered again: facts of the last attempt stay as `earlier`. */
export function reopened(node: Node): Node {
  const entered = node.attempts.length > 0
  return {
    ...emptyNode,
    children: Object.fromEntries(
      Object.entries(node.children).map(([name, child]) => [name, reopened(child)]),
    ),
    round: entered ? node.round + 1 : node.round,
    earlier: lastAttempt(node) ?? node.earlier,
  }
}

/** The same for a step that goes on in the session and in the files it had. */
export function goesOn(node: Node): Node {
  const attempt = lastAttempt(node)
  const session = attempt === null ? null : (lastLaunch(attempt)?.sessionId ?? null)
  return { ...reopened(node), carrySession: session }
}
