import stringWidth from 'string-width'

/** Fills up with blanks to a width in terminal columns; wide characters count two, styles none. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)))
}

/** The same with the blanks in front. */
export function padLeft(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - columnsOf(text))) + text
}

/** Columns of a text on a terminal. */
export function columnsOf(text: string): number {
  // Most text is plain ASCII, and a display measures all of it many times a second.
  return /^[ -~]*$/.test(text) ? text.length : stringWidth(text)
}

let segmenter: Intl.Segmenter | undefined

/** Made late: the tables behind it take longer to load than most commands need for all else. */
function graphemes(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return segmenter.segment(text)
}

/** Cuts unstyled text to a width, with `…` in place of what is missing. */
export function cutTo(text: string, width: number): string {
  if (columnsOf(text) <= width) return text
  let kept = ''
  let used = 0
  for (const { segment } of graphemes(text)) {
    const columns = columnsOf(segment)
    if (used + columns > width - 1) break
    kept += segment
    used += columns
  }
  return width < 1 ? '' : `${kept}…`
}

/** Cuts a path in the middle: its end says more than its beginning. */
export function cutPath(path: string, width: number): string {
  if (columnsOf(path) <= width) return path
  let kept = ''
  let used = 0
  for (const { segment } of [...graphemes(path)].toReversed()) {
    const columns = columnsOf(segment)
    if (used + columns > width - 1) break
    kept = segment + kept
    used += columns
  }
  return width < 1 ? '' : `…${kept}`
}
