import type { GuardValueKind, Vocabulary } from '../parse/vocabulary.js'
import { explained } from './explained.js'
import { described, object, ref, type JsonSchema } from './json-schema.js'

const valueSchemas: Readonly<Record<GuardValueKind, JsonSchema>> = {
  count: ref('count'),
  usd: ref('usd'),
  duration: ref('duration'),
  switch: { type: 'boolean' },
  globs: ref('globs'),
}

/** `guard`: the known guards and their values. */
export function guardMap({ guards }: Vocabulary): JsonSchema {
  const properties = Object.fromEntries(
    guards.map((guard) => [guard.name, explained(guard, valueSchemas[guard.value])]),
  )
  return object({ ...properties, timeout: described('The same as max_time.', ref('duration')) })
}
