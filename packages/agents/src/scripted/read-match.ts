import { isScalar, isSeq, type Node } from 'yaml'
import { present } from '../streams/json-value.js'
import type { LocatedReader } from './located-reader.js'
import type { ScriptMatch } from './script.js'

const KEYS = ['step', 'task', 'agent', 'type', 'attempt', 'round', 'launch'] as const
const TYPES = ['code', 'split', 'validate', 'artifact'] as const

const ordinal = (value: number): boolean => Number.isSafeInteger(value) && value >= 1

/** Reads `match`: patterns for texts, a number or a list of numbers for counters. */
export function readMatch(reader: LocatedReader, node: Node | null): ScriptMatch {
  const map = reader.map(node, 'match', KEYS)
  if (map === null) return {}
  const value = (key: (typeof KEYS)[number]): Node | null | undefined => map.entries.get(key)?.value
  const pattern = (key: 'step' | 'task' | 'agent'): string | null => {
    const at = value(key)
    return at === undefined ? null : reader.text(at, `match.${key}`)
  }
  const numbers = (key: 'attempt' | 'round' | 'launch'): readonly number[] | null => {
    const at = value(key)
    return at === undefined ? null : readNumbers(reader, at, `match.${key}`)
  }
  const type = value('type')
  return {
    ...present('step', pattern('step')),
    ...present('task', pattern('task')),
    ...present('agent', pattern('agent')),
    ...present('type', type === undefined ? null : reader.choice(type, 'match.type', TYPES)),
    ...present('attempt', numbers('attempt')),
    ...present('round', numbers('round')),
    ...present('launch', numbers('launch')),
  }
}

function readNumbers(reader: LocatedReader, node: Node | null, what: string): readonly number[] | null {
  const expected = 'a whole number from 1, or a list of them'
  if (isSeq(node)) {
    const items = node.items.map((item) => reader.number(reader.resolve(item), what, ordinal, expected))
    return items.filter((item) => item !== null)
  }
  if (!isScalar(node)) return reader.problem(node, `${what} must be ${expected}`, { expected })
  const one = reader.number(node, what, ordinal, expected)
  return one === null ? null : [one]
}
