import type { RetryPolicy } from '../ir.js'
import type { Fields } from '../read/fields.js'
import type { ParseContext } from './context.js'
import { readRetry } from './retry.js'

/** The retry policy of a step in either dialect, or null when it has none. */
export function readStepRetry(cx: ParseContext, fields: Fields): RetryPolicy | null {
  const retry = fields.entry('retry')
  return retry === undefined ? null : readRetry(cx, retry)
}
