/** Text put into a file at an offset of the file as written. */
export interface Insertion {
  readonly at: number
  readonly text: string
}

/** A text with insertions, and the way back to the file as written. */
export interface EditedText {
  readonly text: string
  /** The offset in the file that an offset of the edited text stands for. */
  readonly map: (offset: number) => number
}

/** Applies insertions, which must be in ascending order. */
export function applyInsertions(original: string, insertions: readonly Insertion[]): EditedText {
  const parts: string[] = []
  /** Start of each insertion in the edited text, and how much has been inserted before and with it. */
  const starts: number[] = []
  let done = 0
  let inserted = 0
  for (const { at, text } of insertions) {
    parts.push(original.slice(done, at), text)
    starts.push(at + inserted)
    inserted += text.length
    done = at
  }
  parts.push(original.slice(done))
  const map = (offset: number): number => {
    let low = 0
    let high = starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle + 1
      else high = middle
    }
    const last = insertions[low - 1]
    const start = starts[low - 1]
    if (last === undefined || start === undefined) return offset
    // Inside an insertion: the place it was put.
    return last.at + Math.max(0, offset - start - last.text.length)
  }
  return { text: parts.join(''), map }
}
