import { type Frame, itemFrame } from './frame.js'
import { boundaryOf } from './scope.js'
import { type Attempt, type Node, type RunState, earlierAttempt, isAside, nodeAt } from '@gump/history'

/** Two commits, and what was changed between them. */
export interface Change {
  readonly from: string
  readonly to: string
}

/**
 * What there is to judge for a step that changes nothing itself: for a group what its inside has done, for others all
 * that has been done on the task, or in the workflow where there is none.
 */
export function judgedChange(state: RunState, frame: Frame, node: Node, attempt: Attempt): Change {
  if (attempt.kind === 'group' || attempt.kind === 'workflow')
    return { from: attempt.base, to: tipBelow(node) ?? attempt.base }
  return { from: baseOfWork(state, frame) ?? attempt.base, to: attempt.base }
}

/** The commit that the work on a task began at, or the workflow where there is no task. */
export function baseOfWork(state: RunState, frame: Frame): string | null {
  const around = itemFrame(frame) ?? boundaryOf(frame)
  const [first] = around.steps
  if (first === undefined) return null
  const node = nodeAt(state.root, [...around.path, first.name])
  return (node.attempts[0] ?? earlierAttempt(node))?.base ?? null
}

/** The last commit that anything inside a node reached. */
function tipBelow(node: Node): string | null {
  const inner = node.children
    .values()
    .filter(({ is }) => !isAside(is))
    .map((child) => child.integrated ?? child.completed?.commit ?? tipBelow(child))
  return inner.findLast((commit) => commit !== null) ?? null
}
