import type { RetryPolicy } from '../ir.js'
import type { Fields } from '../read/fields.js'
import type { ParseContext } from './context.js'
import { readRetry } from './retry.js'
import { readOnFailure } from './v3/on-failure.js'

/** The retry policy of a step in either dialect, or null when it has none. */
export function readStepRetry(cx: ParseContext, fields: Fields): RetryPolicy | null {
  const retry = fields.entry('retry')
  if (retry !== undefined) return readRetry(cx, retry)
  const onFailure = fields.entry('on_failure')
  if (onFailure === undefined) return null
  const session = fields.node('session')
  const keeps = session?.kind === 'scalar' && session.value === 'reuse-on-retry'
  return readOnFailure(cx, onFailure, keeps ? 'keep' : 'new')
}
