import type { TemplateText } from '../ir.js'
import type { ParseContext } from '../parse/context.js'
import { currentSpelling } from '../parse/v3/current-spelling.js'
import type { YamlNode } from '../yaml/tree.js'
import { readString, wrongKind } from './scalars.js'

/** Text that may hold variables, not empty. */
export function readTemplate(
  cx: ParseContext,
  node: YamlNode,
  what: string,
  expected = 'text',
): TemplateText | null {
  const bare = bareTemplate(cx, node)
  if (bare !== null) return toTemplate(cx, bare, node)
  const text = readString(cx, node, what, expected)
  return text === null ? null : toTemplate(cx, text, node)
}

/** The value of an input: text that may be empty, or a number or boolean taken as text. */
export function readInput(cx: ParseContext, node: YamlNode, what: string): TemplateText | null {
  const bare = bareTemplate(cx, node)
  if (bare !== null) return toTemplate(cx, bare, node)
  if (node.kind !== 'scalar') return wrongKind(cx, node, what, 'text')
  const text = typeof node.value === 'string' ? node.value : node.value === null ? '' : node.source
  return toTemplate(cx, text, node)
}

/** The text as a template in the spelling of the current dialect. */
export function toTemplate(cx: ParseContext, text: string, node: YamlNode): TemplateText {
  const spelled = cx.dialect === 'v3' ? currentSpelling(text) : text
  return { text: spelled, range: cx.source.range(node) }
}

/**
 * `agent: {converge.agent}` is YAML for a mapping with one key and no value. Published examples write it and mean
 * the template, so it is read as that, with a note.
 */
function bareTemplate(cx: ParseContext, node: YamlNode): string | null {
  if (node.kind !== 'map' || !node.flow || node.entries.length !== 1) return null
  const entry = node.entries[0]
  if (entry === undefined || entry.value.kind !== 'scalar' || entry.value.value !== null) return null
  const written = cx.source.slice(node)
  if (!/^\{\s*(?=[0-9_./-]*[A-Za-z])[A-Za-z0-9_./-]+\s*\}$/.test(written)) return null
  const text = `{${entry.key}}`
  cx.problems.report('GUMP-W074', node, `${text} is read as a template; YAML takes it for a mapping`, {
    severity: 'note',
    suggestion: `"${text}"`,
  })
  return text
}
