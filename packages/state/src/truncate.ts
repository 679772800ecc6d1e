/**
 * Shortens a text to at most `maxChars` UTF-16 units by cutting its middle out; the head and the tail stay around a mark that
 * says how much is gone. A surrogate pair is never torn.
 *
 * @example `truncateMiddle('a'.repeat(5000), 2000)` starts and ends with `a` and holds `[… 3026 characters cut …]`
 */
export function truncateMiddle(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text
  // The mark's width depends on the number in it, and that on the width; the widest possible number settles it.
  const widest = mark(text.length).length
  const room = maxChars - widest
  if (room < 2) return text.slice(0, safeCut(text, Math.max(0, maxChars)))
  const head = safeCut(text, Math.ceil(room / 2))
  const tail = safeCut(text, text.length - Math.floor(room / 2), 1)
  return text.slice(0, head) + mark(tail - head) + text.slice(tail)
}

function mark(cut: number): string {
  return `\n[… ${String(cut)} characters cut …]\n`
}

/** Moves an offset that would split a surrogate pair one unit back, or forward. */
function safeCut(text: string, offset: number, direction: -1 | 1 = -1): number {
  const before = text.charCodeAt(offset - 1)
  const after = text.charCodeAt(offset)
  const splits = before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff
  return splits ? offset + direction : offset
}
