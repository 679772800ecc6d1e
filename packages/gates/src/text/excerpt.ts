import { stripVTControlCharacters } from 'node:util'
import { escapeControl } from '@gump/errors'

/** Output of which the middle is not at hand. */
export interface OutputEnds {
  readonly head: string
  readonly tail: string
  /** Bytes between the two. */
  readonly omittedBytes: number
}

/** Share of the head: what fails first is named at the beginning, sums stand at the end. */
const HEAD_SHARE = 0.4

/**
 * What an agent or a person needs to see of some output: terminal escapes removed, progress lines reduced to their
 * last state, control characters visible, and when it is longer than `maxChars` (UTF-16 units) its head and tail
 * around a line that says how much was left out. Never longer than `maxChars`.
 *
 * @example
 * ```ts
 * excerpt('\u001b[31mfailed\u001b[0m\r\n', 100) // 'failed'
 * ```
 */
export function excerpt(output: string | OutputEnds, maxChars: number): string {
  if (typeof output === 'string') {
    const text = readable(output)
    return text.length <= maxChars
      ? text
      : around({ head: text, tail: text, total: text.length, about: '' }, maxChars)
  }
  const head = readable(output.head)
  const tail = readable(output.tail)
  const total = head.length + tail.length + output.omittedBytes
  return around({ head, tail, total, about: 'about ' }, maxChars)
}

/** Text without terminal escapes, overwritten progress and invisible characters. */
export function readable(text: string): string {
  const lines = stripVTControlCharacters(text)
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => lastState(line).trimEnd())
  return escapeControl(lines.join('\n'), { multiline: true }).trim()
}

/** What a terminal shows of a line that carriage returns overwrite. */
function lastState(line: string): string {
  if (!line.includes('\r')) return line
  return line.split('\r').findLast((part) => part.trim() !== '') ?? ''
}

interface Ends {
  readonly head: string
  readonly tail: string
  /** Characters of the whole. */
  readonly total: number
  /** Set before a count that is not exact. */
  readonly about: string
}

function around({ head, tail, total, about }: Ends, maxChars: number): string {
  const widest = gap(total, about).length
  const room = maxChars - widest
  if (room < 2) return whole(head.slice(0, Math.max(0, maxChars)))
  const front = frontOf(head, Math.floor(room * HEAD_SHARE))
  const back = backOf(tail, room - front.length)
  return front + gap(total - front.length - back.length, about) + back
}

function gap(count: number, about: string): string {
  return `\n… ${about}${String(count)} characters left out …\n`
}

/** At most `size` units from the start, up to a line end when one is near. */
function frontOf(text: string, size: number): string {
  const cut = text.slice(0, size)
  const line = cut.lastIndexOf('\n')
  return line >= size * 0.75 ? cut.slice(0, line) : whole(cut)
}

/** At most `size` units from the end, from a line start when one is near. */
function backOf(text: string, size: number): string {
  const cut = size === 0 ? '' : text.slice(-size)
  const line = cut.indexOf('\n')
  return line !== -1 && line <= size * 0.25 ? cut.slice(line + 1) : whole(cut)
}

/** Without the halves of characters that the cut went through. */
function whole(text: string): string {
  return text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '')
}
