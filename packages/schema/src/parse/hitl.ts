import type { HitlMode } from '../ir.js'
import type { YamlNode } from '../yaml/tree.js'
import { readChoice } from '../read/scalars.js'
import type { ParseContext } from './context.js'

/** `hitl`: where a person is asked; `true` means before the gates. */
export function readHitl(cx: ParseContext, node: YamlNode): HitlMode | null {
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value ? 'before_gate' : null
  const choices = ['before_gate', 'after_gate'] as const
  return readChoice(cx, node, 'hitl', { choices, expected: 'true, false, before_gate or after_gate' })
}
