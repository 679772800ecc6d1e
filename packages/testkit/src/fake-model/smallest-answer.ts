import { asList, asObject, asText, type JsonObject } from './json-value.js'

/** The smallest value that fits a simple JSON Schema: what a side request that wants JSON is answered with. */
export function smallestAnswer(schema: JsonObject): unknown {
  const [choice] = asList(schema['enum'])
  if (choice !== undefined) return choice
  // Gemini writes types in capitals.
  switch ((asText(schema['type']) ?? 'object').toLowerCase()) {
    case 'string':
      return 'ok'
    case 'number':
    case 'integer':
      return typeof schema['minimum'] === 'number' ? schema['minimum'] : 0
    case 'boolean':
      return false
    case 'array':
      return []
    case 'null':
      return null
    default:
      return smallestObject(schema)
  }
}

function smallestObject(schema: JsonObject): JsonObject {
  const properties = asObject(schema['properties']) ?? {}
  const required = Array.isArray(schema['required'])
    ? schema['required'].flatMap((name) => asText(name) ?? [])
    : Object.keys(properties)
  return Object.fromEntries(
    required.map((name) => [name, smallestAnswer(asObject(properties[name]) ?? { type: 'string' })]),
  )
}
