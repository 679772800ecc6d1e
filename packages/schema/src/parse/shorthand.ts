import type { YamlScalar } from '../yaml/tree.js'

/** The parts of `"touched: src/**"`: a word, and what follows it as a node of its own. */
export interface Shorthand {
  readonly word: string
  readonly rest: YamlScalar
}

/** Splits text such as `coverage: 80` at its first colon, or returns null when it has no such shape. */
export function splitShorthand(node: YamlScalar, text: string): Shorthand | null {
  const match = /^\s*([A-Za-z_][A-Za-z0-9_.-]*)\s*:(?=\s|$)/.exec(text)
  if (match === null) return null
  const [head, word = ''] = match
  const value = text.slice(head.length).trim()
  return {
    word,
    rest: { ...node, value: /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value, source: value },
  }
}
