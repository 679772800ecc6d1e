import stringWidth from 'string-width'

/** The terminal as the live area needs it. */
export interface Terminal {
  readonly columns: number
  readonly rows: number
  write(text: string): void
}

const hideCursor = '\u001b[?25l'
const showCursor = '\u001b[?25h'

/**
 * Finished lines above, a live area below that is drawn again in place. Lines are cut to the terminal's width, so that
 * one line is one row; after a resize the rows that the terminal made of the old lines are counted again.
 */
export interface LiveArea {
  /** Prints lines that stay, above the area. */
  log(lines: readonly string[]): void
  /** Replaces the area. */
  draw(lines: readonly string[]): void
  /** Removes the area and shows the cursor; a later `draw` brings it back. */
  clear(): void
}

export function createLiveArea(terminal: Terminal): LiveArea {
  let shown: readonly string[] = []
  let cursorHidden = false

  const erase = (): string => {
    const columns = Math.max(terminal.columns, 1)
    const rows = shown.reduce((sum, line) => sum + Math.max(1, Math.ceil(stringWidth(line) / columns)), 0)
    return rows === 0 ? '' : `\r\u001b[${rows}A\u001b[J`
  }
  const paint = (lines: readonly string[], above: readonly string[]): void => {
    // An area higher than the screen would scroll, and could not be erased.
    const fitting = lines
      .slice(0, Math.max(0, terminal.rows - 2))
      .map((line) => cut(line, terminal.columns - 1))
    const text = [...above, ...fitting].map((line) => `${line}\n`).join('')
    const cursor = fitting.length > 0 && !cursorHidden ? hideCursor : ''
    if (cursor !== '') cursorHidden = true
    const before = erase()
    shown = fitting
    if (before + cursor + text !== '') terminal.write(before + cursor + text)
  }
  return {
    log: (lines) => paint(shown, lines),
    draw: (lines) => paint(lines, []),
    clear: () => {
      const text = erase() + (cursorHidden ? showCursor : '')
      shown = []
      cursorHidden = false
      if (text !== '') terminal.write(text)
    },
  }
}

const escape = /\u001b\[[0-9;]*m/uy
let segmenter: Intl.Segmenter | undefined

/** Cuts a line to a number of columns; colours are kept and closed. */
export function cut(line: string, columns: number): string {
  if (stringWidth(line) <= columns) return line
  let out = ''
  let used = 0
  let at = 0
  while (at < line.length) {
    escape.lastIndex = at
    const style = escape.exec(line)
    if (style !== null) {
      out += style[0]
      at = escape.lastIndex
      continue
    }
    segmenter ??= new Intl.Segmenter()
    const [first] = segmenter.segment(line.slice(at, at + 64))
    const char = first?.segment ?? line.charAt(at)
    const width = stringWidth(char)
    if (used + width > columns - 1) break
    out += char
    used += width
    at += char.length
  }
  return `${out}…\u001b[0m`
}
