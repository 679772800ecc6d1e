/** Where a value may start: behind a key, a dash, a bracket, a comma, or at the start of a line. */
const opening = /(?:^[ \t]*|[:,[{-][ \t]+|[[{])(["'])/gm

/** The quote that opens a value and is never closed, or null. */
export function unclosedQuote(text: string): number | null {
  opening.lastIndex = 0
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const start = match.index + match[0].length - 1
    const end = closing(text, start)
    if (end === null) return start
    opening.lastIndex = end + 1
  }
  return null
}

function closing(text: string, start: number): number | null {
  const quote = text.charAt(start)
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (quote === '"' && character === '\\') at += 1
    else if (character === quote) {
      if (quote === '"' || text.charAt(at + 1) !== quote) return at
      at += 1
    }
  }
  return null
}

/** The nearest bracket before an offset that is open there, or null. */
export function unclosedBracket(text: string, offset: number): number | null {
  let closed = 0
  for (let at = offset - 1; at >= 0; at -= 1) {
    const character = text.charAt(at)
    if (character === ']' || character === '}') closed += 1
    if (character !== '[' && character !== '{') continue
    if (closed === 0) return at
    closed -= 1
  }
  return null
}
