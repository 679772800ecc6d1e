/** An object read from an agent's stream: nothing about its members is known. */
export type JsonObject = Readonly<Record<string, unknown>>

/** The value when it is an object that is no array, else null. */
export function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null
}

/** The value when it is an array, else an empty one. */
export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The value when it is a string, else null. */
export function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** The value when it is a string with something in it, else null. */
export function asNonEmpty(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** The value when it is a finite number, else null. */
export function asNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/** A count of something: negative, fractional and absent values become a whole number of at least 0. */
export function asCount(value: unknown): number {
  const number = asNumber(value)
  return number === null || number < 0 ? 0 : Math.min(Math.floor(number), Number.MAX_SAFE_INTEGER)
}

/**
 * `{ [key]: value }`, or nothing when there is no value: spread it to set an optional member only when it is known.
 *
 * @example
 * ```ts
 * const event = { type: 'session', sessionId, ...present('model', asNonEmpty(init.model)) }
 * ```
 */
export function present<K extends string, V>(key: K, value: V | null | undefined): { readonly [P in K]?: V } {
  return (value === null || value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V }
}
