import stringWidth from 'string-width'
import type { Range } from './diagnostic.js'
import { escapeControl } from './escape-control.js'

/** The line a range starts on, made printable, and where to draw the underline. Widths are terminal columns. */
export interface Excerpt {
  readonly line: string
  readonly caretColumn: number
  readonly caretWidth: number
}

interface Cell {
  readonly text: string
  readonly width: number
  /** UTF-16 offset in the line. */
  readonly at: number
}

const tabWidth = 4
const ellipsis = '…'
let segmenter: Intl.Segmenter | undefined

/**
 * Cuts the first line of `range` out of `source`, at most `width` columns wide, clipped around the caret.
 * The work is bounded by `width`, not by the length of the line.
 */
export function excerpt(source: string, range: Range, width: number): Excerpt {
  const offset = Math.min(Math.max(range.start.offset, 0), source.length)
  const lineStart = offset === 0 ? 0 : source.lastIndexOf('\n', offset - 1) + 1
  const lineEnd = endOfLine(source, offset)
  const windowStart = Math.max(lineStart, offset - 2 * width)
  const windowEnd = Math.min(lineEnd, offset + 2 * width)
  const cells = toCells(source.slice(windowStart, windowEnd), windowStart)
  const rangeEnd = Math.min(Math.max(range.end.offset, offset + 1), lineEnd)
  const first = cells.findIndex(
    (cell, index) => (cells[index + 1]?.at ?? windowEnd) > offset && cell.at <= offset,
  )
  const caret = first === -1 ? cells.length : first
  const visible = clip(cells, caret, width, { before: windowStart > lineStart, after: windowEnd < lineEnd })
  return {
    line: visible.before + text(visible.cells) + visible.after,
    caretColumn:
      visible.before.length +
      total(visible.cells.filter((cell) => cell.at < offset && cell !== cells[caret])),
    caretWidth: Math.max(1, underlined(visible.cells, cells[caret], rangeEnd)),
  }
}

function endOfLine(source: string, offset: number): number {
  const feed = source.indexOf('\n', offset)
  const end = feed === -1 ? source.length : feed
  return end > offset && source.charAt(end - 1) === '\r' ? end - 1 : end
}

function toCells(line: string, base: number): Cell[] {
  // Made late: the tables behind it take longer to load than most commands need for all else.
  segmenter ??= new Intl.Segmenter()
  const cells: Cell[] = []
  let column = 0
  for (const { segment, index } of segmenter.segment(line)) {
    const text = segment === '\t' ? ' '.repeat(tabWidth - (column % tabWidth)) : escapeControl(segment)
    const width = stringWidth(text)
    cells.push({ text, width, at: base + index })
    column += width
  }
  return cells
}

/** Keeps the caret in view with more room to its right than to its left. */
function clip(
  cells: readonly Cell[],
  caret: number,
  width: number,
  { before: cutBefore, after: cutAfter }: { readonly before: boolean; readonly after: boolean },
): { readonly before: string; readonly cells: readonly Cell[]; readonly after: string } {
  if (!cutBefore && !cutAfter && total(cells) <= width) return { before: '', cells, after: '' }
  const room = Math.max(width - 2, 1)
  let from = caret
  let used = cells[caret]?.width ?? 0
  while (from > 0 && used + (cells[from - 1]?.width ?? 0) <= Math.floor(room / 3)) {
    from -= 1
    used += cells[from]?.width ?? 0
  }
  let to = Math.min(caret + 1, cells.length)
  while (to < cells.length && used + (cells[to]?.width ?? 0) <= room) {
    used += cells[to]?.width ?? 0
    to += 1
  }
  while (from > 0 && used + (cells[from - 1]?.width ?? 0) <= room) {
    from -= 1
    used += cells[from]?.width ?? 0
  }
  return {
    before: from > 0 || cutBefore ? ellipsis : '',
    cells: cells.slice(from, to),
    after: to < cells.length || cutAfter ? ellipsis : '',
  }
}

function underlined(cells: readonly Cell[], caret: Cell | undefined, end: number): number {
  if (caret === undefined) return 1
  const covered = cells.filter((cell) => cell.at >= caret.at && cell.at < end)
  while (covered.length > 1 && covered.at(-1)?.text.trim() === '') covered.pop()
  return total(covered)
}

function total(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.width, 0)
}

function text(cells: readonly Cell[]): string {
  return cells.map((cell) => cell.text).join('')
}
