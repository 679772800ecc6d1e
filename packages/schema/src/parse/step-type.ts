import type { StepType } from '../ir.js'
import type { Fields } from '../read/fields.js'
import { readChoice } from '../read/scalars.js'
import type { ParseContext } from './context.js'

const types: readonly StepType[] = ['code', 'split', 'validate', 'artifact']

const outputs = { diff: 'code', plan: 'split', review: 'validate', artifact: 'artifact' } as const

/** `type`, or `output` in the earlier dialect; both default to code. */
export function readStepType(cx: ParseContext, fields: Fields): StepType {
  const type = fields.node('type')
  if (type !== undefined) return readChoice(cx, type, 'type', types) ?? 'code'
  const output = fields.node('output')
  if (output === undefined) return 'code'
  const word = readChoice(cx, output, 'output', ['diff', 'plan', 'review', 'artifact'])
  return word === null ? 'code' : outputs[word]
}
