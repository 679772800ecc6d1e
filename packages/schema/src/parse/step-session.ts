import type { SessionPolicy } from '../ir.js'
import type { Fields } from '../read/fields.js'
import type { ParseContext } from './context.js'
import { readSession } from './session.js'

/** The session policy of a step in either dialect; a new session by default. */
export function readStepSession(cx: ParseContext, fields: Fields): SessionPolicy {
  const node = fields.node('session')
  return (node === undefined ? null : readSession(cx, node)) ?? { mode: 'new' }
}
