import type { YamlNode } from '../yaml/tree.js'
import { quote } from '../read/describe.js'
import { readString } from '../read/scalars.js'
import type { ParseContext } from './context.js'

/** Names that mean something else in templates. */
export const reservedNames: readonly string[] = [
  'spec',
  'task',
  'item',
  'prev',
  'gate',
  'error',
  'diff',
  'attempt',
  'run',
]

const maxLength = 64
const legal = /^[A-Za-z0-9_][A-Za-z0-9_-]*$/

/** The name of a step: a path segment, a part of a ref and a word in templates. */
export function readStepName(cx: ParseContext, node: YamlNode): string | null {
  const name = readString(cx, node, 'name', 'the name of the step')
  if (name === null) return null
  if (reservedNames.includes(name)) {
    cx.problems.report('GUMP-W020', node, `a step cannot be called ${quote(name)}`, {
      expected: `none of ${reservedNames.join(', ')}`,
      suggestion: `${name}-step`,
    })
    return null
  }
  if (name.length <= maxLength && legal.test(name) && name !== '__proto__') return name
  const why = name.length > maxLength ? `has ${name.length} characters` : 'is not a step name'
  cx.problems.report('GUMP-W019', node, `${quote(name)} ${why}`, {
    expected: `at most ${maxLength} letters, digits, "_" and "-", not starting with "-"`,
    suggestion: suggestName(name),
  })
  return null
}

function suggestName(name: string): string | undefined {
  if (name.length > 2 * maxLength) return undefined
  const cleaned = name
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, maxLength)
  return legal.test(cleaned) && !reservedNames.includes(cleaned) ? cleaned : undefined
}
