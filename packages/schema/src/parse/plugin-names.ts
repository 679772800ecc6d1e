import { closest } from '@gump/errors'
import { quote } from '../read/describe.js'
import type { Span } from '../yaml/tree.js'
import type { ParseContext } from './context.js'

/** Reports a gate or guard that nobody has; only a warning while packages that may have it are not loaded. */
export function reportUnknown(
  cx: ParseContext,
  { what, name, at }: { readonly what: 'gate' | 'guard'; readonly name: string; readonly at: Span },
  known: readonly string[],
): void {
  const message = `unknown ${what} ${quote(name)}`
  const suggestion = closest(name, known)
  const expected = known.join(', ')
  if (!mayBePlugin(cx, name)) {
    cx.problems.report(what === 'gate' ? 'GUMP-W032' : 'GUMP-W035', at, message, { expected, suggestion })
    return
  }
  const plugins = cx.vocabulary.unloaded.join(', ')
  cx.problems.report(
    what === 'gate' ? 'GUMP-W032' : 'GUMP-W035',
    at,
    `${message}, unless a plugin brings it: ${plugins} is not loaded here`,
    {
      severity: 'warning',
      expected: `${expected}, or a name that gump run --dry-run, which loads plugins, accepts`,
      suggestion,
    },
  )
}

/** True for a name that a package which is not loaded may bring. */
export function mayBePlugin(cx: ParseContext, name: string): boolean {
  return cx.vocabulary.unloaded.length > 0 && /^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*$/.test(name)
}
