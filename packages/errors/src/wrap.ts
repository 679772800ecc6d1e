import stringWidth from 'string-width'

/** Breaks text at blanks into lines of at most `width` columns, all indented, the second and later ones two more. */
export function wrap(text: string, width: number, indent: string): readonly string[] {
  const lines: string[] = []
  let line = indent
  let fresh = true
  for (const word of text.split(' ')) {
    const needed = stringWidth(line) + stringWidth(word) + (fresh ? 0 : 1)
    if (!fresh && needed > width) {
      lines.push(line)
      line = `${indent}  ${word}`
    } else {
      line += fresh ? word : ` ${word}`
    }
    fresh = false
  }
  lines.push(line)
  return lines
}
