import type { ParseContext } from '../parse/context.js'
import type { YamlNode } from '../yaml/tree.js'
import { describe, quote } from './describe.js'

const pattern = /^(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?(?:(\d{1,12})ms)?$/

/** Milliseconds of `90s`, `30m`, `1h30m`, `500ms`; null for anything else, also for nothing and for zero. */
export function parseDuration(text: string): number | null {
  const match = pattern.exec(text)
  if (match === null) return null
  const [hours = 0, minutes = 0, seconds = 0, milliseconds = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0))
  const total = ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds
  return total > 0 && Number.isSafeInteger(total) ? total : null
}

/** A duration in milliseconds. */
export function readDuration(cx: ParseContext, node: YamlNode, what: string): number | null {
  const text = node.kind === 'scalar' ? (typeof node.value === 'string' ? node.value : node.source) : null
  const ms = text === null ? null : parseDuration(text)
  if (ms !== null) return ms
  const shown = text === null || text === '' ? describe(node) : quote(text)
  const number = text !== null && /^\d+$/.test(text) && Number(text) > 0
  cx.problems.report('GUMP-W014', node, `${what} cannot be ${shown}`, {
    expected: 'a duration such as 90s, 30m, 1h30m, 500ms',
    suggestion: number ? `${text}s` : undefined,
  })
  return null
}
