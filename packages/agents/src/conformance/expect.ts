import { inspect, isDeepStrictEqual } from 'node:util'

/** Throws unless both are deeply equal; says what was compared. */
export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  if (isDeepStrictEqual(actual, expected)) return
  throw new Error(`${what}:\n  expected ${show(expected)}\n  received ${show(actual)}`)
}

/** Throws with `message` unless the condition holds. */
export function expectThat(condition: boolean, message: string): void {
  if (!condition) throw new Error(message)
}

function show(value: unknown): string {
  return inspect(value, { depth: 8, breakLength: 100, maxStringLength: 500, maxArrayLength: 50 })
}
