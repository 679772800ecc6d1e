import type { Range } from '@gump/errors'
import type { Fields } from '../read/fields.js'
import { readString } from '../read/scalars.js'
import type { ParseContext } from './context.js'

/** `foreach` of the earlier dialect: the name of a split step. */
export function readForeach(
  cx: ParseContext,
  fields: Fields,
): { readonly foreach?: string; readonly foreachRange?: Range } {
  const node = fields.node('foreach')
  const foreach = node && readString(cx, node, 'foreach', 'the name of a split step')
  return node && foreach ? { foreach, foreachRange: cx.source.range(node) } : {}
}
