import type { Dialect, SessionPolicy } from '../ir.js'
import type { YamlNode } from '../yaml/tree.js'
import { readOnly } from '../read/fields.js'
import { readChoice, readString } from '../read/scalars.js'
import type { ParseContext } from './context.js'
import { splitShorthand } from './shorthand.js'

/** `session`: `new`, or `{from: step}`. */
export function readSession(cx: ParseContext, node: YamlNode): SessionPolicy | null {
  if (node.kind === 'map') {
    // The spelling of the earlier dialect is reported once per file, as the one below.
    if (sessionDialect(node) === 'v3') return null
    const from = readOnly(cx, node, { what: 'a session', keys: ['from'] })
    return from === null ? null : sessionFrom(cx, from)
  }
  const text = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : null
  const split = text === null || node.kind !== 'scalar' ? null : splitShorthand(node, text)
  if (split?.word === 'from') return sessionFrom(cx, split.rest)
  if (sessionDialect(node) === 'v3') return null
  return readChoice(cx, node, 'session', ['new', 'from: STEP']) === 'new' ? { mode: 'new' } : null
}

export function sessionFrom(cx: ParseContext, node: YamlNode): SessionPolicy | null {
  const step = readString(cx, node, 'from', 'the name of an agent step')
  return step === null ? null : { mode: 'from', step, range: cx.source.range(node) }
}

/** `fresh` and similar values exist in the earlier dialect only, `new` and `from` in the current one. */
export function sessionDialect(node: YamlNode): Dialect | null {
  if (node.kind === 'map') {
    const keys = node.entries.map((entry) => entry.key)
    if (keys.includes('from')) return 'v4'
    return keys.includes('reuse') ? 'v3' : null
  }
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return null
  if (/^(?:fresh|reuse|reuse-on-retry|\s*reuse\s*:\s[^]*)$/.test(node.value)) return 'v3'
  return /^(?:new|\s*from\s*:\s[^]*)$/.test(node.value) ? 'v4' : null
}
