import { closest } from '@gump/errors'
import type { ParseContext } from '../parse/context.js'
import type { YamlNode } from '../yaml/tree.js'
import { describe, quote } from './describe.js'

/** Reports a value of the wrong kind. */
export function wrongKind(cx: ParseContext, node: YamlNode, what: string, expected: string): null {
  cx.problems.report('GUMP-W012', node, `${what} cannot be ${describe(node)}`, { expected })
  return null
}

/** Text that is not empty. */
export function readString(cx: ParseContext, node: YamlNode, what: string, expected = 'text'): string | null {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') {
    if (node.kind === 'scalar' && node.value !== null) {
      cx.problems.report('GUMP-W012', node, `${what} must be text, not ${describe(node)}`, {
        expected,
        suggestion: `"${node.source}"`,
      })
      return null
    }
    return wrongKind(cx, node, what, expected)
  }
  if (node.value.trim() === '') {
    cx.problems.report('GUMP-W016', node, `${what} is empty`, { expected })
    return null
  }
  return node.value
}

export function readBoolean(cx: ParseContext, node: YamlNode, what: string): boolean | null {
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value
  return wrongKind(cx, node, what, 'true or false')
}

/** A number in a range; the text of the range is part of the message. */
export interface NumberRange {
  readonly integer?: boolean
  readonly test: (value: number) => boolean
  readonly expected: string
}

export const positive: NumberRange = { test: (value) => value > 0, expected: 'a number above 0' }
export const positiveInteger: NumberRange = {
  integer: true,
  test: (value) => value >= 1,
  expected: 'a whole number of at least 1',
}
export const percentage: NumberRange = {
  test: (value) => value >= 0 && value <= 100,
  expected: 'a number from 0 to 100',
}

export function readNumber(
  cx: ParseContext,
  node: YamlNode,
  what: string,
  range: NumberRange,
): number | null {
  if (node.kind !== 'scalar' || typeof node.value !== 'number')
    return wrongKind(cx, node, what, range.expected)
  return checkNumber(cx, node, { value: node.value, what, range })
}

export function checkNumber(
  cx: ParseContext,
  node: YamlNode,
  { value, what, range }: { readonly value: number; readonly what: string; readonly range: NumberRange },
): number | null {
  const whole = range.integer !== true || Number.isSafeInteger(value)
  if (Number.isFinite(value) && whole && range.test(value)) return value
  const shown = node.kind === 'scalar' && node.source !== '' ? node.source : String(value)
  cx.problems.report('GUMP-W013', node, `${what} cannot be ${shown}`, { expected: range.expected })
  return null
}

/** One of a few words. */
export function readChoice<T extends string>(
  cx: ParseContext,
  node: YamlNode,
  what: string,
  words: readonly T[] | { readonly choices: readonly T[]; readonly expected: string },
): T | null {
  const { choices, expected } = 'choices' in words ? words : { choices: words, expected: words.join(', ') }
  if (node.kind !== 'scalar' || node.value === null) return wrongKind(cx, node, what, expected)
  const word = typeof node.value === 'string' ? node.value : node.source
  const found = choices.find((choice) => choice === word)
  if (found !== undefined) return found
  const suggestion = closest(word, choices)
  cx.problems.report('GUMP-W015', node, `${what} cannot be ${quote(word)}`, { expected, suggestion })
  return null
}
