import { columnsOf, padLeft, padTo } from './columns.js'
import type { Paint, Style } from './paint.js'

/** One cell: plain text, already escaped, and how to paint it. */
export interface Cell {
  readonly text: string
  readonly style?: Style
}

/** Lines of a table whose columns are as wide as their widest cell, two blanks apart; the last column is not filled up. */
export function renderTable(
  head: readonly string[],
  rows: readonly (readonly (Cell | string)[])[],
  paint: Paint,
  right: readonly number[] = [],
): string[] {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? { text: cell } : cell)))
  const widths = head.map((title, index) =>
    Math.max(columnsOf(title), ...cells.map((row) => columnsOf(row[index]?.text ?? ''))),
  )
  const line = (row: readonly Cell[]): string =>
    row
      .map((cell, index) => {
        const width = widths[index] ?? 0
        const last = index === row.length - 1
        const filled = right.includes(index)
          ? padLeft(cell.text, width)
          : last
            ? cell.text
            : padTo(cell.text, width)
        return cell.style === undefined ? filled : paint(cell.style, filled)
      })
      .join('  ')
      .trimEnd()
  return [line(head.map((text) => ({ text, style: 'bold' }))), ...cells.map(line)]
}
