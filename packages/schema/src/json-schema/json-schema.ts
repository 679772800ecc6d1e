/** A JSON Schema (2020-12), or true for anything. Plain JSON. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown }

/** A reference to one of the definitions. */
export function ref(name: string): JsonSchema {
  return { $ref: `#/$defs/${name}` }
}

/** An object with exactly these keys; `required` names those that must be there. */
export function object(
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = [],
  more: Readonly<Record<string, unknown>> = {},
): JsonSchema {
  return { type: 'object', properties, required, additionalProperties: false, ...more }
}

/** An object that has at least this key, whatever it holds. */
export function having(key: string, value: JsonSchema = true): JsonSchema {
  return { type: 'object', required: [key], properties: { [key]: value } }
}

/** The same schema with a description that editors show. */
export function described(description: string, schema: JsonSchema): JsonSchema {
  return typeof schema === 'boolean' ? { description } : { description, ...schema }
}
