import {
  array,
  boolean,
  constant,
  constantFrom,
  dictionary,
  double,
  integer,
  oneof,
  record,
  string,
  type Arbitrary,
} from 'fast-check'
import { eventTypes, ledgerSchema, type NewEvent, type Schema } from '@gump/ledger'

const definitions = ledgerSchema['$defs'] as Readonly<Record<string, Schema>>

/** Any event the schema allows, with hostile text: quotes, newlines, escapes, characters beyond the BMP, lone surrogates. */
export const anyEvent: Arbitrary<NewEvent> = oneof(
  ...eventTypes.map((type) => ofSchema(definitions[type] ?? {})),
) as Arbitrary<NewEvent>

function ofSchema(schema: Schema): Arbitrary<unknown> {
  if ('const' in schema) return constant(schema['const'])
  if (Array.isArray(schema['enum'])) return constantFrom(...(schema['enum'] as readonly unknown[]))
  if (Array.isArray(schema['anyOf'])) return oneof(...(schema['anyOf'] as readonly Schema[]).map(ofSchema))
  switch (schema['type']) {
    case 'null':
      return constant(null)
    case 'boolean':
      return boolean()
    case 'integer':
      return integer({ min: Number(schema['minimum'] ?? 0), max: 1_000_000 })
    case 'number':
      return double({ min: 0, max: 1e6, noNaN: true }).map((value) => Math.round(value * 1e6) / 1e6)
    case 'array':
      return array(ofSchema(schema['items'] as Schema), { maxLength: 3 })
    case 'object':
      return object(schema)
    default:
      return text(schema)
  }
}

function object(schema: Schema): Arbitrary<unknown> {
  if (schema['additionalProperties'] !== undefined) {
    return dictionary(string({ maxLength: 8 }), ofSchema(schema['additionalProperties'] as Schema), {
      maxKeys: 3,
      noNullPrototype: true,
    })
  }
  const properties = Object.entries((schema['properties'] ?? {}) as Readonly<Record<string, Schema>>)
  return record(Object.fromEntries(properties.map(([key, value]) => [key, ofSchema(value)])), {
    requiredKeys: (schema['required'] ?? []) as string[],
    noNullPrototype: true,
  })
}

function text(schema: Schema): Arbitrary<unknown> {
  const pattern = schema['pattern']
  if (pattern === '^[0-9a-f]{64}$') {
    return string({ unit: constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 })
  }
  if (pattern !== undefined) {
    return integer({ min: 0, max: 4_102_444_800_000 }).map((ms) => new Date(ms).toISOString())
  }
  return string({
    unit: oneof(
      constantFrom('\n', '"', '\\', '\u2028', '\u001b', '🍿', 'é'),
      string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
    minLength: Number(schema['minLength'] ?? 0),
    maxLength: 20,
  })
}
