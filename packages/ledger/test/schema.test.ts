import { createEventValidator, eventTypes, ledgerSchema, type Schema } from '@gump/ledger'
import { assert, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyEvent } from '@gump/testkit/any-event'
import { samples } from './support/samples.js'

const envelope = { v: 1, seq: 1, ts: '2026-03-23T18:42:00.007Z', run_id: 'run-1' }
const validate = await createEventValidator()

/** Every property in the schema, wherever it is nested. */
function* properties(schema: unknown): Generator<[string, Schema]> {
  if (typeof schema !== 'object' || schema === null) return
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') yield* Object.entries(value as Record<string, Schema>)
    yield* properties(value)
  }
}

describe('the ledger schema', () => {
  test('has every event type, and no other', () => {
    expect(eventTypes.toSorted()).toEqual(Object.keys(samples).toSorted())
    expect(Object.keys(ledgerSchema['$defs'] as object).toSorted()).toEqual(eventTypes.toSorted())
  })

  test.each(Object.entries(samples))(
    'accepts a %s with every field, and each with one required field less',
    (type, body) => {
      expect(validate({ ...envelope, type, ...body })).toEqual([])
      const definition = (ledgerSchema['$defs'] as Record<string, Schema>)[type]!
      for (const field of definition['required'] as string[]) {
        const less = Object.fromEntries(
          Object.entries({ ...envelope, type, ...body }).filter(([key]) => key !== field),
        )
        expect(validate(less), field).not.toEqual([])
      }
      for (const field of Object.keys(body)) expect(definition['properties']).toHaveProperty(field)
    },
  )

  test('accepts whatever is generated from it', () => {
    assert(property(anyEvent, (event) => validate({ ...envelope, ...event }).length === 0))
  })

  test('says what is wrong in terms of the one type', () => {
    const line = { ...envelope, type: 'agent_unparked', step: 's', round: 0, attempt: 1, launch: 1 }
    expect(validate(line)).toEqual(['/round must be >= 1'])
    expect(validate({ ...envelope, type: 'teleported' })).not.toEqual([])
    expect(
      validate({ ...envelope, seq: 0, type: 'agent_unparked', step: 's', round: 1, attempt: 1, launch: 1 }),
    ).not.toEqual([])
    expect(validate(null)).not.toEqual([])
  })

  test('names fields in snake_case, with their units', () => {
    let seen = 0
    for (const [name, schema] of properties(ledgerSchema)) {
      seen += 1
      expect(name).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/)
      expect(/cost|budget|price/.test(name) && schema['type'] === 'number', name).toBe(
        name.endsWith('_usd') && schema['type'] === 'number',
      )
      expect(schema['description'] === 'milliseconds', name).toBe(name.endsWith('_ms'))
      if (/duration|elapsed|timeout/.test(name)) expect(name).toMatch(/_ms$/)
    }
    expect(seen).toBeGreaterThan(100)
  })
})
