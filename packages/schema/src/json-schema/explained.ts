import { described, type JsonSchema } from './json-schema.js'

/** A schema with what a table says about its name; names of plugins have no entry. */
export function explained(
  table: Readonly<Record<string, string>>,
  name: string,
  schema: JsonSchema,
): JsonSchema {
  const text = Object.hasOwn(table, name) ? table[name] : undefined
  return text === undefined ? schema : described(text, schema)
}
