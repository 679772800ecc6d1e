import type { GuardValueKind, Vocabulary } from '../parse/vocabulary.js'
import { object, ref, type JsonSchema } from './json-schema.js'

const valueSchemas: Readonly<Record<GuardValueKind, JsonSchema>> = {
  count: ref('count'),
  usd: ref('usd'),
  duration: ref('duration'),
  switch: { type: 'boolean' },
  globs: ref('globs'),
}

/** `guard`: the known guards and their values. */
export function guardMap({ guards }: Vocabulary): JsonSchema {
  const properties = Object.fromEntries(guards.map(({ name, value }) => [name, valueSchemas[value]]))
  return object({ ...properties, timeout: ref('duration') })
}
