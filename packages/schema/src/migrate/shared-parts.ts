import { isAlias, isMap, isNode, isPair, isScalar, visit, type Document, type Node } from 'yaml'
import { dialectOfKey } from '../parse/step-keys.js'
import type { SourceText } from '../yaml/source-text.js'
import type { Obstacle } from './obstacle.js'

/** Aliases that stand for a part which has to be rewritten: it cannot be rewritten for all its uses at once. */
export function sharedParts(document: Document, source: SourceText): readonly Obstacle[] {
  const obstacles: Obstacle[] = []
  visit(document, {
    Alias: (key, alias, path) => {
      const parent = path.at(-1)
      const under = isPair(parent) && key === 'value' && isScalar(parent.key) ? String(parent.key.value) : ''
      const target = alias.resolve(document)
      if (!isEarlier(under) && !(isNode(target) && holdsEarlier(target))) return
      const [start = 0, end = start] = alias.range ?? []
      obstacles.push({
        range: source.range({ start, end }),
        message: `*${alias.source} stands for keys that change`,
        expected: 'the keys written out instead of the alias',
      })
    },
  })
  return obstacles
}

function isEarlier(key: string): boolean {
  return key === 'session' || dialectOfKey(key) === 'v3'
}

function holdsEarlier(node: Node): boolean {
  let found = false
  visit(node, {
    Pair: (_, pair) => {
      if (!isScalar(pair.key) || !isEarlier(String(pair.key.value))) return undefined
      found = true
      return visit.BREAK
    },
    Map: (_, map) => {
      // A step that is shared as a whole; its place in the list matters.
      if (!isMap(map) || !map.has('name') || isAlias(map)) return undefined
      found = true
      return visit.BREAK
    },
  })
  return found
}
