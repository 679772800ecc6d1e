import type { Paint, Style } from '@gump/errors'
import { columnsOf, padLeft, padTo } from '../format/columns.js'
import { oneLine } from '../format/escape.js'
import { wrapTo } from '../format/wrap.js'

/**
 * Lays out facts in columns. Lines go out at once, so columns are as wide as anything seen so far. What does not fit the
 * terminal continues below its own column.
 */
export interface Layout {
  /** `  [path]  phase    detail` */
  fact(path: string, phase: string, detail: string, style?: Style): string
  /** The same with note, cost and duration in columns of their own. */
  result(path: string, phase: string, parts: ResultParts, style: Style): string
  /** `  [path]  ` and a text that brings its own columns. */
  free(path: string, text: string): string
}

export interface ResultParts {
  readonly note: string
  readonly cost: string
  readonly duration: string
}

// Widths that most runs need, so that the first lines stand where the later ones will.
const minimum = { path: 25, phase: 7, note: 7, cost: 5, duration: 2 }
// A longer path pushes its own line out, not all that follow.
const longestPath = 60
// What is narrower than this is left to the terminal.
const narrowest = 16

/** @param columns - of the terminal, asked for each fact; absent: lines are as long as they are. */
export function createLayout(paint: Paint, columns?: () => number): Layout {
  const widths = { ...minimum }
  const widen = (column: keyof typeof widths, text: string, most = 24): number => {
    widths[column] = Math.max(widths[column], Math.min(most, columnsOf(text)))
    return widths[column]
  }
  const label = (path: string): string => {
    const text = `[${oneLine(path)}]`
    return paint('dim', padTo(text, widen('path', text, longestPath)))
  }
  const head = (path: string, phase: string, style: Style | undefined): string => {
    const word = padTo(phase, minimum.phase)
    return `  ${label(path)}  ${style === undefined ? word : paint(style, word)}`
  }
  return {
    fact(path, phase, detail, style) {
      const start = `${head(path, phase, style)}  `
      const indent = columnsOf(start)
      const room = columns === undefined ? Number.POSITIVE_INFINITY : columns() - indent
      const lines = room < narrowest ? [detail] : wrapTo(detail, room)
      return (start + lines.join(`\n${' '.repeat(indent)}`)).trimEnd()
    },
    result(path, phase, { note, cost, duration }, style) {
      const columns = [
        padTo(note, widen('note', note)),
        padLeft(cost, widen('cost', cost)),
        padLeft(duration, widen('duration', duration)),
      ]
      return `${head(path, phase, style)}  ${columns.join('  ')}`.trimEnd()
    },
    free: (path, text) => `  ${label(path)}  ${text}`.trimEnd(),
  }
}
