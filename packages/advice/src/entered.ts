import { allAttempts, type Node, walkNodes } from '@gump/history'

/** A place in the tree that something happened at. */
export interface Entered {
  readonly path: readonly string[]
  readonly node: Node
}

/** Every place that was entered, in the order in which that first happened. */
export function entered(root: Node): readonly Entered[] {
  const found: { readonly path: readonly string[]; readonly node: Node; readonly seq: number }[] = []
  walkNodes(root, (node, path) => {
    const first = allAttempts(node)[0]
    // The each of a split has no attempt of its own apart from that of the split.
    if (first !== undefined || node.known.items !== null) {
      found.push({ path, node, seq: first?.seq ?? Number.MAX_SAFE_INTEGER })
    }
  })
  return found.toSorted((a, b) => a.seq - b.seq)
}
