import type { Node } from '@gump/history'

/** The names of the steps, tasks or items inside a node, without what judges it or took its steps' place. */
export function insideOf(node: Node): readonly string[] {
  return node.children
    .entries()
    .flatMap(([name, { is }]) => (is === 'step' || is === 'task' || is === 'part' ? [name] : []))
}
