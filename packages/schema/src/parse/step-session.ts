import type { SessionPolicy } from '../ir.js'
import type { Fields } from '../read/fields.js'
import type { ParseContext } from './context.js'
import { readSession } from './session.js'
import { readEarlierSession } from './v3/session.js'

/** The session policy of a step in either dialect; a new session by default. */
export function readStepSession(cx: ParseContext, fields: Fields): SessionPolicy {
  const node = fields.node('session')
  if (node === undefined) return { mode: 'new' }
  const read = cx.dialect === 'v3' ? readEarlierSession : readSession
  return read(cx, node) ?? { mode: 'new' }
}
