import { parseCents } from './money.js'

export interface Expense {
  /** ISO date: `2026-03-23`. */
  readonly date: string
  readonly category: string
  /** Cents; negative for a refund. */
  readonly amount: number
  readonly note: string
}

/** Reads lines of `date;category;amount;note`; empty lines and lines that start with `#` are left out. */
export function parseExpenses(text: string): Expense[] {
  return text
    .split(/\r?\n/)
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '' && !line.startsWith('#'))
    .map(({ line, number }) => parseLine(line, number))
}

function parseLine(line: string, number: number): Expense {
  const [date = '', category = '', amount = '', ...note] = line.split(';').map((field) => field.trim())
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || category === '') {
    throw new RangeError(`line ${number} is no expense: ${JSON.stringify(line)}`)
  }
  return { date, category, amount: parseCents(amount), note: note.join(';') }
}
