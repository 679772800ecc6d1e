import { escapeControl, type Paint, paintWith, type Style } from '@gump/errors'
import { columnsOf, padLeft, padTo } from './columns.js'
import { wrapTo } from './wrap.js'

/** One cell: plain text, already escaped, and how to paint it. */
export interface Cell {
  readonly text: string
  readonly style?: Style
}

/** Lay-out of a table. */
export interface TableOptions {
  /** Columns to align at their right; never the last. */
  readonly right?: readonly number[]
  /** Columns of the terminal: the last column of the table wraps to stay within them. */
  readonly width?: number | undefined
  /** The first row is one like the others. */
  readonly headless?: boolean
}

// A last column narrower than this is harder to read than a list of what the row says.
const narrowest = 16

/** Lines of a table whose columns are as wide as their widest cell, two blanks apart; the last column is not filled up. */
export function renderTable(
  head: readonly string[],
  rows: readonly (readonly (Cell | string)[])[],
  paint: Paint,
  options: TableOptions = {},
): string[] {
  const title = head.map((text): Cell => ({ text, style: 'bold' }))
  return layOut([title, ...rows], paint, options)
}

/**
 * The same of any text, which is escaped, without a style; ends with a newline when there is a row.
 */
export function renderPlainTable(
  rows: readonly (readonly string[])[],
  options: Pick<TableOptions, 'width' | 'headless'> = {},
): string {
  const safe = rows.map((row) => row.map((cell) => escapeControl(cell)))
  return layOut(safe, paintWith(false), options)
    .map((line) => `${line}\n`)
    .join('')
}

function layOut(
  rows: readonly (readonly (Cell | string)[])[],
  paint: Paint,
  { right = [], width, headless = false }: TableOptions,
): string[] {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? { text: cell } : cell)))
  const columns = Math.max(0, ...cells.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, index) =>
    Math.max(...cells.map((row) => columnsOf(row[index]?.text ?? ''))),
  )
  const indent = widths.slice(0, -1).reduce((sum, column) => sum + column + 2, 0)
  if (width !== undefined && indent + Math.min(narrowest, widths.at(-1) ?? 0) > width) {
    return asLists(headless ? [[], ...cells] : cells, paint, width)
  }
  const partsOf = (text: string): string[] =>
    width === undefined ? [text] : wrapTo(text, Math.max(narrowest, width - indent))
  const filled = ({ text, style }: Cell, index: number): string => {
    const column = widths[index] ?? 0
    const shown = right.includes(index) ? padLeft(text, column) : padTo(text, column)
    return style === undefined ? shown : paint(style, shown)
  }
  return cells.flatMap((row) => {
    const { text = '', style }: Partial<Cell> = row.at(-1) ?? {}
    const before = row.slice(0, -1).map(filled)
    return partsOf(text).map((part, nth) => {
      const end = style === undefined ? part : paint(style, part)
      return nth === 0 ? [...before, end].join('  ').trimEnd() : ' '.repeat(indent) + end
    })
  })
}

/** Where the terminal is too narrow for columns, which it would break in the middle of words: each row is a list. */
function asLists([head = [], ...rows]: readonly (readonly Cell[])[], paint: Paint, width: number): string[] {
  const styled = ({ style }: Cell, text: string): string => (style === undefined ? text : paint(style, text))
  return rows.flatMap((row, nth) => {
    const [first, ...others] = row
    const title = first === undefined ? [] : wrapTo(first.text, width).map((line) => styled(first, line))
    const facts = others.flatMap((cell, index) => {
      if (cell.text === '') return []
      const name = head[index + 1]?.text ?? ''
      const text = name === '' ? cell.text : `${name}: ${cell.text}`
      return wrapTo(text, width - 2).map((line) => `  ${styled(cell, line)}`)
    })
    return [...(nth === 0 ? [] : ['']), ...title, ...facts]
  })
}
