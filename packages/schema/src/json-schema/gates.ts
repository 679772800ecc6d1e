import type { GateArgumentKind, Vocabulary } from '../parse/vocabulary.js'
import { explained } from './explained.js'
import { described, object, ref, type JsonSchema } from './json-schema.js'

const percent = String.raw`(?:100(?:\.0+)?|\d{1,2}(?:\.\d+)?)`

const percentage: JsonSchema = {
  anyOf: [
    { type: 'number', minimum: 0, maximum: 100 },
    { type: 'string', pattern: String.raw`^\s*${percent}\s*$` },
    { type: 'string', pattern: String.raw`\{` },
  ],
}

const argumentSchemas: Readonly<Record<GateArgumentKind, JsonSchema>> = {
  none: { type: 'null' },
  command: ref('text'),
  globs: ref('templateGlobs'),
  percentage,
}

const beside: Readonly<Record<string, JsonSchema>> = {
  name: described('What the result is called.', {
    type: 'string',
    pattern: '^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$',
  }),
  timeout: described('How long the gate may take; 10m by default.', ref('duration')),
}

/** `gate`: names, `"touched: glob"` strings and mappings of the known gates. */
export function gateList({ gates }: Vocabulary): JsonSchema {
  const plain = gates.filter((gate) => gate.argument === 'none')
  const known = [...gates, { name: 'validate', argument: 'validate' }]
  // `(?!)` matches nothing, where an empty alternative would match everything.
  const named = (kinds: readonly string[]): string =>
    known
      .filter((gate) => kinds.includes(gate.argument))
      .map((gate) => escape(gate.name))
      .join('|') || '(?!)'
  return {
    type: 'array',
    minItems: 1,
    items: {
      anyOf: [
        ...plain.map((gate) => explained(gate, { const: gate.name })),
        { type: 'string', pattern: String.raw`^\s*(?:${named(['command', 'globs', 'validate'])})\s*:\s+\S` },
        { type: 'string', pattern: String.raw`^\s*(?:${named(['percentage'])})\s*:\s+(?:\{|${percent}\s*$)` },
        ...gates.map((gate) =>
          object({ [gate.name]: explained(gate, argumentSchemas[gate.argument]), ...beside }, [gate.name]),
        ),
        validateGate,
      ],
    },
  }
}

/** A validator: its inputs stand under `with:` or beside it. */
const validateGate: JsonSchema = {
  type: 'object',
  properties: {
    validate: described('A workflow that answers true.', ref('workflowRef')),
    with: described('Values for its inputs; they can stand beside it, too.', ref('inputs')),
    when: described('Wait for the other gates, and run only when they pass.', { const: 'others_pass' }),
    ...beside,
  },
  required: ['validate'],
  propertyNames: { pattern: '^(?!__proto__$)[A-Za-z0-9_][A-Za-z0-9_-]*$' },
  additionalProperties: ref('inputValue'),
}

function escape(name: string): string {
  return name.replace(/[^A-Za-z0-9_]/g, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`)
}
