import type { ErrorCode } from './catalogue.js'

/** A place in a text; line and column count from 1, offset from 0, all in UTF-16 units. */
export interface Position {
  readonly line: number
  readonly column: number
  readonly offset: number
}

/** A stretch of text; `end` is exclusive. */
export interface Range {
  readonly start: Position
  readonly end: Position
}

/** One located problem, or note, about a text that a person wrote. */
export interface Diagnostic {
  readonly code: ErrorCode
  readonly severity: 'error' | 'warning' | 'note'
  readonly message: string
  /** The file as the user named it, relative where possible. */
  readonly file?: string
  readonly range?: Range
  /** What the range is a part of where that is no file: the one line of a command. */
  readonly line?: string
  /** What would have been legal here: `a duration such as 90s, 30m, 1h30m`. */
  readonly expected?: string
  /** The closest legal spelling, ready to paste. */
  readonly suggestion?: string
}
