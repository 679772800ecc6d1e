import type { Span } from './tree.js'

/** A line of a file, taken apart without knowing YAML: what a person sees of it. */
export interface SourceLine extends Span {
  /** Blanks at its start. */
  readonly indent: number
  /** Column of its key, behind the dashes of list items. */
  readonly column: number
  readonly key: string
  /** What follows the key on the line, comment left out. */
  readonly value: (Span & { readonly text: string }) | null
}

const longest = 1000
const shape = /^( *)((?:- +)*)(?:([\w-]+|"[^"]*"|'[^']*')\s*:(?:[ \t]+|$))?/

/** The line that an offset stands in; very long ones are cut. */
export function lineAround(text: string, offset: number): SourceLine {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
  const feed = text.indexOf('\n', start)
  const whole = text.slice(start, Math.min(feed === -1 ? text.length : feed, start + longest))
  const line = whole.replace(/\r$/, '')
  const [head = '', blanks = '', dashes = '', key] = shape.exec(line) ?? []
  const value = line
    .slice(head.length)
    .replace(/\s+#.*$/, '')
    .trimEnd()
  return {
    start,
    end: start + line.length,
    indent: blanks.length,
    column: blanks.length + dashes.length,
    key: key ?? '',
    value:
      key === undefined || value === ''
        ? null
        : { start: start + head.length, end: start + head.length + value.length, text: value },
  }
}

/** The nearest key above a line that it could stand beside: further left ones would end what is open. */
export function outdented(text: string, line: SourceLine): SourceLine | null {
  let offset = line.start
  for (let looked = 0; offset > 0 && looked < 100; looked += 1) {
    const above = lineAround(text, offset - 1)
    if (above.key !== '') return above
    offset = above.start
  }
  return null
}

/** A text as a YAML value in quotes; double ones where that needs no escapes. */
export function quoteValue(text: string): string {
  const quoted = /^'.*'$/.test(text) ? text.slice(1, -1) : text
  if (!/["\\]/.test(quoted)) return `"${quoted}"`
  return `'${quoted.replaceAll("'", "''")}'`
}
