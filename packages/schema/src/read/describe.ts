import type { YamlNode } from '../yaml/tree.js'

/** What a node is, for messages: `a list`, `the number 5`, `the text "soon"`. */
export function describe(node: YamlNode): string {
  if (node.kind === 'map') return 'a mapping'
  if (node.kind === 'seq') return 'a list'
  if (node.value === null) return 'nothing'
  return typeof node.value === 'string'
    ? `the text ${quote(node.value)}`
    : `the ${typeof node.value} ${clip(node.source)}`
}

/** A word from the file, quoted and short enough for a message. */
export function quote(word: string): string {
  return `"${clip(word)}"`
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}
