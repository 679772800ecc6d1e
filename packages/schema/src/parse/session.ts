import type { SessionPolicy } from '../ir.js'
import type { YamlNode } from '../yaml/tree.js'
import { readFields } from '../read/fields.js'
import { readChoice, readString } from '../read/scalars.js'
import type { ParseContext } from './context.js'
import { splitShorthand } from './shorthand.js'

/** `session`: `new`, or `{from: step}`. */
export function readSession(cx: ParseContext, node: YamlNode): SessionPolicy | null {
  if (node.kind === 'map') {
    const from = readFields(cx, node, {
      what: 'a session',
      keys: ['from'],
      ignore: (key) => key === 'reuse',
    })?.node('from')
    return from === undefined ? null : sessionFrom(cx, from)
  }
  const text = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : null
  const split = text === null || node.kind !== 'scalar' ? null : splitShorthand(node, text)
  if (split?.word === 'from') return sessionFrom(cx, split.rest)
  // The spellings of the earlier dialect are reported once per file.
  if (text !== null && /^(?:fresh|reuse|reuse-on-retry|reuse:.*)$/.test(text)) return null
  return readChoice(cx, node, 'session', ['new', 'from: STEP']) === 'new' ? { mode: 'new' } : null
}

export function sessionFrom(cx: ParseContext, node: YamlNode): SessionPolicy | null {
  const step = readString(cx, node, 'from', 'the name of an agent step')
  return step === null ? null : { mode: 'from', step, range: cx.source.range(node) }
}
