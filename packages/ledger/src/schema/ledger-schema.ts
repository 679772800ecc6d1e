import type { EventType } from '../events.js'
import { attemptBodies } from './attempt-bodies.js'
import { runBodies } from './run-bodies.js'
import { name, ordinal, time, type Schema } from './shape.js'

/** The body of every type of event. */
export const bodies: { readonly [T in EventType]: Schema } = { ...runBodies, ...attemptBodies }

/** Every type of event, in no particular order. */
export const eventTypes: readonly EventType[] = Object.keys(bodies) as EventType[]

/**
 * JSON Schema (2020-12) of one ledger line. `$defs` holds one schema per event type. Fields that it does not name are
 * legal, because newer versions add some; names are snake_case, costs end in `_usd`, durations in `_ms`.
 */
export const ledgerSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:gump:ledger-event:1',
  title: 'One line of a Gump run ledger (manifest.ndjson)',
  type: 'object',
  properties: {
    v: { const: 1 },
    seq: ordinal,
    ts: time,
    run_id: name,
    replayed: { const: true },
    type: { enum: eventTypes },
  },
  required: ['v', 'seq', 'ts', 'run_id', 'type'],
  oneOf: eventTypes.map((type) => ({ $ref: `#/$defs/${type}` })),
  $defs: Object.fromEntries(eventTypes.map((type) => [type, tagged(type, bodies[type])])),
}

function tagged(type: EventType, body: Schema): Schema {
  return {
    ...body,
    properties: { type: { const: type }, ...(body['properties'] as Schema) },
    required: ['type', ...(body['required'] as readonly string[])],
  }
}
