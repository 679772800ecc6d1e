import { isMap, isPair, isScalar, Scalar, visit, type Document } from 'yaml'
import { currentSpelling } from '../parse/v3/current-spelling.js'

const notTemplates = new Set(['name', 'description'])

/** Spells every template of a document as the current dialect does, and puts quotes around bare ones. */
export function rewriteTemplates(document: Document): void {
  visit(document, {
    Map: (_, node) => {
      const bare = bareTemplate(node)
      if (bare === null) return undefined
      const scalar = new Scalar(currentSpelling(bare))
      scalar.type = Scalar.QUOTE_DOUBLE
      return scalar
    },
    Pair: (_, pair) => {
      const key = isScalar(pair.key) ? pair.key.value : null
      return typeof key === 'string' && notTemplates.has(key) ? visit.SKIP : undefined
    },
    Scalar: (key, node) => {
      if (key === 'key' || typeof node.value !== 'string') return
      const spelled = currentSpelling(node.value)
      if (spelled !== node.value) node.value = spelled
    },
  })
}

/** `{name}` that YAML took for a mapping with one key and no value. */
function bareTemplate(node: unknown): string | null {
  if (!isMap(node) || node.flow !== true || node.items.length !== 1) return null
  const [pair] = node.items
  if (!isPair(pair) || !isScalar(pair.key) || pair.key.type !== Scalar.PLAIN) return null
  const absent =
    pair.value === null || (isScalar(pair.value) && pair.value.value === null && !pair.value.source)
  return absent && /^[A-Za-z0-9_./-]+$/.test(String(pair.key.value)) ? `{${String(pair.key.value)}}` : null
}
