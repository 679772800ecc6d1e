import type { SessionPolicy } from '../../ir.js'
import type { YamlNode } from '../../yaml/tree.js'
import { readOnly } from '../../read/fields.js'
import { readChoice } from '../../read/scalars.js'
import type { ParseContext } from '../context.js'
import { sessionDialect, sessionFrom } from '../session.js'
import { splitShorthand } from '../shorthand.js'

/** `session` of the earlier dialect: `fresh`, `reuse`, `reuse-on-retry`, `reuse: step`. */
export function readEarlierSession(cx: ParseContext, node: YamlNode): SessionPolicy | null {
  // The spellings of the current dialect are reported once per file.
  if (sessionDialect(node) === 'v4') return null
  if (node.kind === 'map') {
    const step = readOnly(cx, node, { what: 'a session', keys: ['reuse'] })
    return step === null ? null : sessionFrom(cx, step)
  }
  const text = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : null
  const split = text === null || node.kind !== 'scalar' ? null : splitShorthand(node, text)
  if (split?.word === 'reuse') return sessionFrom(cx, split.rest)
  const word = readChoice(cx, node, 'session', ['fresh', 'reuse', 'reuse-on-retry', 'reuse: STEP'])
  if (word === 'reuse') return { mode: 'previous' }
  return word === 'reuse-on-retry' ? { mode: 'own-retries' } : { mode: 'new' }
}
