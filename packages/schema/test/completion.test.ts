import { workflowSchemaV3, workflowSchemaV4, type JsonSchema } from '@gump/schema'
import { expect, test } from 'vitest'

/** Every key that some mapping of a schema may have, with what an editor shows for it. */
function* keysOf(schema: unknown): Iterable<readonly [key: string, description: unknown]> {
  if (Array.isArray(schema)) for (const item of schema) yield* keysOf(item)
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return
  const { properties, additionalProperties } = schema as Record<string, unknown>
  // Mappings that are open only ask whether a key is there.
  if (additionalProperties !== undefined && typeof properties === 'object' && properties !== null) {
    for (const [key, value] of Object.entries(properties)) {
      yield [key, (value as { readonly description?: unknown }).description]
    }
  }
  for (const value of Object.values(schema)) yield* keysOf(value)
}

const schemas: readonly (readonly [string, JsonSchema])[] = [
  ['current', workflowSchemaV4],
  ['earlier', workflowSchemaV3],
]

test.each(schemas)('an editor says what each key of the %s dialect is for', (_, schema) => {
  const keys = [...keysOf(schema)]
  expect(keys.length).toBeGreaterThan(60)
  expect(keys.filter(([, description]) => typeof description !== 'string').map(([key]) => key)).toEqual([])
})
