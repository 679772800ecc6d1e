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

// Far above any real count, far below where sums of whole numbers lose precision.
const MAX_COUNT = 1_000_000_000_000

/** A count of something, as a whole number: 0 when it is absent, negative or absurd. */
export function asCount(value: unknown): number {
  return asOptionalCount(value) ?? 0
}

/** Like {@link asCount}, but null when it is absent, negative or absurd. */
export function asOptionalCount(value: unknown): number | null {
  return isCount(value) ? Math.floor(value) : null
}

/**
 * True when all these members are counts. Figures without them, such as those of a version that names them otherwise,
 * are not known: taken for zeros they would make a cost of nothing.
 */
export function hasCounts(object: JsonObject | null, ...keys: readonly string[]): object is JsonObject {
  return object !== null && keys.every((key) => isCount(object[key]))
}

function isCount(value: unknown): value is number {
  const number = asNumber(value)
  return number !== null && number >= 0 && number <= MAX_COUNT
}

// The year 9999.
const MAX_MILLISECONDS = 253_402_300_799_999

/** A duration or a moment in whole milliseconds; null when it is absent, negative or absurd. */
export function asMilliseconds(value: unknown): number | null {
  const number = asNumber(value)
  return number === null || number < 0 || number > MAX_MILLISECONDS ? null : Math.round(number)
}

const MAX_USD = 1_000_000_000

/** An amount of USD; null when it is absent, negative or absurd. */
export function asUsd(value: unknown): number | null {
  const usd = asNumber(value)
  return usd === null || usd < 0 || usd > MAX_USD ? null : usd
}

const SESSION_ID = /^[A-Za-z0-9][\w.:-]{0,199}$/

/**
 * A session id; null when it is none. Ids come back as arguments of the CLI: what could be taken for an option, a path
 * or several words is refused.
 */
export function asSessionId(value: unknown): string | null {
  return typeof value === 'string' && SESSION_ID.test(value) ? value : null
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
