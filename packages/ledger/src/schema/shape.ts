/** A JSON Schema, or a part of one. */
export interface Schema {
  readonly [keyword: string]: unknown
}

type OptionalKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? K : never }[keyof T]
type RequiredKeys<T> = Exclude<keyof T, OptionalKeys<T>>

/** A schema for each field of `T`, the required ones apart: a field that is added to the type must be added here to compile. */
export type RequiredFields<T> = { readonly [K in RequiredKeys<T>]: Schema }
export type OptionalFields<T> = { readonly [K in OptionalKeys<T>]: Schema }

/** The schema of an object type. Unknown fields are legal: newer versions add some. */
export function shape<T>(required: RequiredFields<T>, optional: OptionalFields<T>): Schema {
  return { type: 'object', properties: { ...required, ...optional }, required: Object.keys(required) }
}

export const text: Schema = { type: 'string' }
export const name: Schema = { type: 'string', minLength: 1 }
export const flag: Schema = { type: 'boolean' }
export const count: Schema = { type: 'integer', minimum: 0 }
/** Which one of several; unlike a count nothing can stand in for it. */
export const index: Schema = { type: 'integer', minimum: 0, description: 'counted from 0' }
/** Rounds, attempts, launches and turns count from 1. */
export const ordinal: Schema = { type: 'integer', minimum: 1 }
export const milliseconds: Schema = { type: 'number', minimum: 0, description: 'milliseconds' }
export const usd: Schema = { type: 'number', minimum: 0, description: 'US dollars' }
/** What a limit allows, and what was observed. */
export const amount: Schema = { type: 'number', minimum: 0 }
/**
 * Numbers that tell people how much and how long. One that makes no sense counts as 0 when a ledger is read, because the
 * rest of the run is unaffected.
 */
export const figures: ReadonlyMap<Schema, number> = new Map([
  [count, Number.MAX_SAFE_INTEGER],
  [milliseconds, 100 * 365 * 86_400_000],
  [usd, 1e9],
  [amount, Number.MAX_SAFE_INTEGER],
])
export const sha256: Schema = { type: 'string', pattern: '^[0-9a-f]{64}$' }
export const time: Schema = {
  type: 'string',
  pattern: '^\\d{4,6}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$',
  description: 'ISO 8601, UTC',
}

export function oneOf<T extends string>(...values: readonly T[]): Schema {
  return { type: 'string', enum: values }
}

export function listOf(items: Schema): Schema {
  return { type: 'array', items }
}

export function mapOf(values: Schema): Schema {
  return { type: 'object', additionalProperties: values }
}

export function nullable(schema: Schema): Schema {
  return { anyOf: [schema, { type: 'null' }] }
}
