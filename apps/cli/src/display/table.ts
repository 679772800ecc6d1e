import { escapeControl } from '@gump/errors'

/** Lays out rows in columns, two blanks apart; the last column is not padded. Control characters are escaped. */
export function table(rows: readonly (readonly string[])[]): string {
  const safe = rows.map((row) => row.map((cell) => escapeControl(cell)))
  const widths: number[] = []
  for (const row of safe) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length)
  }
  return safe
    .map(
      (row) =>
        `${row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0))).join('  ')}\n`,
    )
    .join('')
}
