import type { Position, Range } from '@gump/errors'
import { LineCounter } from 'yaml'
import type { Span } from './tree.js'

/** The text of a file with its lines counted. */
export class SourceText {
  readonly file: string
  readonly text: string
  readonly #lines: LineCounter = new LineCounter()

  constructor(file: string, text: string) {
    this.file = file
    this.text = text
    this.#lines.addNewLine(0)
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1))
      this.#lines.addNewLine(at + 1)
  }

  position(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset)
    return { line, column: col, offset }
  }

  range(span: Span): Range {
    return { start: this.position(span.start), end: this.position(span.end) }
  }

  slice(span: Span): string {
    return this.text.slice(span.start, span.end)
  }
}
