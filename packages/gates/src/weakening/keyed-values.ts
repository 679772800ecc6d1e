import { blankSource } from './blank.js'
import type { Settings } from './setting-values.js'

const TOKEN =
  /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`[^`]*`|[A-Za-z_$][\w$.-]*|-?\d[\d._]*|[{}[\](),:;=])/g

/**
 * The keys and values in a configuration that is a program, as far as they are written out: objects, lists and plain
 * values. What is computed is not seen.
 *
 * @example
 * ```ts
 * keyedValues('export default { test: { exclude: ["a"] } }').get('test.exclude') // ['a']
 * ```
 */
export function keyedValues(text: string): Settings {
  const { withoutComments } = blankSource(text, {
    lineComments: ['//'],
    blockComments: [['/*', '*/']],
    strings: [
      ['"', '"'],
      ["'", "'"],
      ['`', '`'],
    ],
  })
  const found = new Map<string, string[]>()
  const stack: string[] = []
  let key: string | null = null
  let value: string | null = null
  const keep = (): void => {
    if (value !== null) {
      const path = [...stack, ...(key === null ? [] : [key])].filter((part) => part !== '').join('.')
      found.set(path, [...(found.get(path) ?? []), value])
    }
    value = null
  }
  for (const [token] of withoutComments.matchAll(TOKEN)) {
    if (token === ':' || token === '=') {
      key = value
      value = null
    } else if ('{[('.includes(token)) {
      stack.push(key ?? '')
      key = null
      value = null
    } else if ('}])'.includes(token)) {
      keep()
      stack.pop()
      key = null
    } else if (token === ',' || token === ';') {
      keep()
      key = null
    } else value = token.replaceAll(/^["'`]|["'`]$/g, '')
  }
  keep()
  return found
}
