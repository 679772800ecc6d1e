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
    guards.map(({ name, value }) => [name, explained(explanations, name, valueSchemas[value])]),
  )
  return object({ ...properties, timeout: described('The same as max_time.', ref('duration')) })
}

const explanations: Readonly<Record<string, string>> = {
  max_turns: 'Trips when a turn begins after so many.',
  max_budget: 'Trips when the step has cost more USD.',
  max_tokens: 'Trips when more tokens went in and out.',
  max_time: 'Trips after so much time.',
  max_idle: 'Trips when nothing was heard for so long while no tool was running; 10m by default.',
  max_tool_time: 'Trips when a running tool let nothing be heard for so long; 1h by default.',
  no_write: 'Trips when a file is written; on for split, validate and artifact.',
  write: 'Trips when a file outside these globs is written.',
  loop: 'Trips when the same tool call is made so many times in a row.',
}
