import { catalogue } from './catalogue.js'
import { escapeControl } from './escape-control.js'
import { formatDiagnostics, type FormatOptions } from './format-diagnostic.js'
import type { GumpError } from './gump-error.js'
import { paintWith } from './paint.js'
import { remedySentence } from './remedy-sentence.js'
import { wrap } from './wrap.js'

/**
 * Lays out an error. Located problems come first; `CODE  message` and the remedy end it, where a terminal is read, unless
 * they would only repeat the one problem there is. The remedy is the error's own, or else that of its code in the
 * catalogue.
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
  if (error.diagnostics.length === 0) return summary(error, options)
  const located = formatDiagnostics(error.diagnostics, options.sources ?? {}, options)
  return saysItAll(error) ? located : `${located}\n\n${summary(error, options)}`
}

function summary(error: GumpError, options: FormatOptions): string {
  const paint = paintWith(options.color ?? false)
  const width = Math.max(options.width ?? 80, 40)
  const remedy = error.remedy ?? catalogue[error.code].remedy
  return [
    `${paint('red', error.code)}  ${escapeControl(error.message, { multiline: true })}`,
    ...wrap(escapeControl(remedySentence(remedy)), width, '  '),
  ].join('\n')
}

/** The only error among the problems is the one that the message names, and it says what to do. */
function saysItAll({ code, message, remedy, diagnostics }: GumpError): boolean {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const [only] = errors
  return (
    errors.length === 1 &&
    only?.code === code &&
    only.message === message &&
    only.expected !== undefined &&
    remedy === undefined
  )
}
