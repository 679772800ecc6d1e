import { catalogue } from './catalogue.js'
import { escapeControl } from './escape-control.js'
import { formatDiagnostics, type FormatOptions } from './format-diagnostic.js'
import type { GumpError } from './gump-error.js'
import { paintWith } from './paint.js'
import { wrap } from './wrap.js'

/**
 * Lays out an error: `CODE  message` and the remedy below it; located problems follow when it carries some.
 * The remedy is the error's own, or else that of its code in the catalogue.
 *
 * @example
 * ```ts
 * formatError(new GumpError('GUMP-P002', 'the repository has no commit'))
 * // GUMP-P002  the repository has no commit
 * //   Make a first commit.
 * ```
 */
export function formatError(
  error: GumpError,
  options: FormatOptions & { readonly sources?: Readonly<Record<string, string>> } = {},
): string {
  const paint = paintWith(options.color ?? false)
  const width = Math.max(options.width ?? 80, 40)
  const lines = [`${paint('red', error.code)}  ${escapeControl(error.message, { multiline: true })}`]
  const remedy = error.remedy ?? catalogue[error.code].remedy
  lines.push(...wrap(escapeControl(remedy), width, '  '))
  if (error.diagnostics.length > 0) {
    lines.push('', formatDiagnostics(error.diagnostics, options.sources ?? {}, options))
  }
  return lines.join('\n')
}
