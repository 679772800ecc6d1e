import type { ChangedText } from './change.js'

/** A line that a change brought, with its number after the change. */
export interface AddedLine {
  readonly number: number
  readonly text: string
}

/** Lines that are there now and were not before, however they were ordered: a moved line is none. */
export function addedLines({ before, after }: ChangedText): readonly AddedLine[] {
  return surplus(after, before)
}

/** Lines that were there before and are gone, with their number before the change. */
export function removedLines({ before, after }: ChangedText): readonly AddedLine[] {
  return surplus(before, after)
}

function surplus(text: string | null, other: string | null): readonly AddedLine[] {
  const known = new Map<string, number>()
  for (const line of (other ?? '').split('\n')) known.set(line.trim(), (known.get(line.trim()) ?? 0) + 1)
  return (text ?? '').split('\n').flatMap((line, i) => {
    const left = known.get(line.trim()) ?? 0
    if (left === 0) return line.trim() === '' ? [] : [{ number: i + 1, text: line }]
    known.set(line.trim(), left - 1)
    return []
  })
}
