import type { Diagnostic } from './diagnostic.js'
import { escapeControl } from './escape-control.js'
import { excerpt } from './excerpt.js'
import { paintWith, type Paint, type Style } from './paint.js'
import { wrap } from './wrap.js'

/** How messages are laid out. */
export interface FormatOptions {
  /** Terminal colours; off by default. */
  readonly color?: boolean
  /** Terminal columns; 80 by default, never less than 40. */
  readonly width?: number
}

const severityStyle: Readonly<Record<Diagnostic['severity'], Style>> = {
  error: 'red',
  warning: 'yellow',
  note: 'cyan',
}

/**
 * Lays out one problem: `file:line:column  CODE  message`, the offending line with an underline, what was expected and
 * the closest legal spelling. `source` is the text of the file; without it the line is left out.
 *
 * @example
 * ```ts
 * console.error(formatDiagnostic(diagnostic, text, { width: 80 }))
 * // flow.yaml:4:5  GUMP-W010  unknown key "promt" in an agent step
 * //   4 |     promt: work on it
 * //     |     ^^^^^
 * //     did you mean: prompt
 * ```
 */
export function formatDiagnostic(
  diagnostic: Diagnostic,
  source?: string,
  options: FormatOptions = {},
): string {
  const paint = paintWith(options.color ?? false)
  const width = Math.max(options.width ?? 80, 40)
  const { range, line } = diagnostic
  const lines = [...wrap(header(diagnostic, paint), width, '')]
  const number = line === undefined ? String(range?.start.line ?? '') : '$'
  const gutter = number.length + 2
  const text = line ?? source
  if (range !== undefined && text !== undefined) {
    const shown = excerpt(text, range, width - gutter - 3)
    const underline = '^'.repeat(shown.caretWidth)
    lines.push(
      `${paint('dim', `${number.padStart(gutter)} |`)} ${shown.line}`.trimEnd(),
      `${paint('dim', `${' '.repeat(gutter)} |`)} ${' '.repeat(shown.caretColumn)}${paint(severityStyle[diagnostic.severity], underline)}`,
    )
  }
  const indent = ' '.repeat(gutter + 1)
  if (diagnostic.expected !== undefined) {
    lines.push(...wrap(`expected: ${escapeControl(diagnostic.expected)}`, width, indent))
  }
  if (diagnostic.suggestion !== undefined) {
    lines.push(`${indent}did you mean: ${paint('green', escapeControl(diagnostic.suggestion))}`)
  }
  return lines.join('\n')
}

/**
 * Lays out many problems in the order of their places, separated by empty lines.
 * `sources` maps the `file` of a diagnostic to its text.
 */
export function formatDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: Readonly<Record<string, string>>,
  options: FormatOptions = {},
): string {
  return sortDiagnostics(diagnostics)
    .map((diagnostic) => {
      const { file } = diagnostic
      const source = file !== undefined && Object.hasOwn(sources, file) ? sources[file] : undefined
      return formatDiagnostic(diagnostic, source, options)
    })
    .join('\n\n')
}

/** By file in order of first appearance, then by place; those without a place first. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const files = [...new Set(diagnostics.map((diagnostic) => diagnostic.file))]
  const rank = new Map(files.map((file, index) => [file, index]))
  return diagnostics.toSorted(
    (a, b) =>
      (rank.get(a.file) ?? 0) - (rank.get(b.file) ?? 0) ||
      (a.range?.start.offset ?? -1) - (b.range?.start.offset ?? -1),
  )
}

function header(diagnostic: Diagnostic, paint: Paint): string {
  const style = severityStyle[diagnostic.severity]
  const { file, severity } = diagnostic
  const range = diagnostic.line === undefined ? diagnostic.range : undefined
  const place = [
    file === undefined ? [] : [escapeControl(file)],
    range === undefined ? [] : [range.start.line, range.start.column],
  ]
    .flat()
    .join(':')
  const kind = severity === 'error' ? '' : `${paint(style, severity)}: `
  const parts = [
    paint('bold', place),
    paint(style, diagnostic.code),
    kind + escapeControl(diagnostic.message),
  ]
  return (place === '' ? parts.slice(1) : parts).join('  ')
}
