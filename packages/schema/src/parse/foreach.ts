import type { Fields } from '../read/fields.js'
import { readString } from '../read/scalars.js'
import type { ParseContext } from './context.js'

/** `foreach` of the earlier dialect: the name of a split step. */
export function readForeach(cx: ParseContext, fields: Fields): string | null {
  const node = fields.node('foreach')
  return node === undefined ? null : readString(cx, node, 'foreach', 'the name of a split step')
}
