import { isMap, isPair, isScalar, isSeq, visit, type Node } from 'yaml'

/** The comments inside a node that is about to be replaced, in order, as one text for the replacement. */
export function commentsIn(node: unknown): string | undefined {
  const found: string[] = []
  if (!isMap(node) && !isSeq(node) && !isScalar(node)) return undefined
  visit(node, {
    Node: (_, inner) => {
      for (const comment of [inner.commentBefore, inner.comment]) if (comment) found.push(comment)
    },
    Pair: (_, pair) => (isPair(pair) ? undefined : visit.SKIP),
  })
  return found.length === 0 ? undefined : found.join('\n')
}

/** Puts comments before a node, after those it has. */
export function addCommentBefore(node: Node, comment: string | null | undefined): void {
  if (!comment) return
  node.commentBefore = node.commentBefore ? `${node.commentBefore}\n${comment}` : comment
}
