import { described, type JsonSchema } from './json-schema.js'

/** A schema with what a gate or guard says of itself; one of a plugin may say nothing. */
export function explained({ summary }: { readonly summary?: string }, schema: JsonSchema): JsonSchema {
  return summary === undefined
    ? schema
    : described(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`, schema)
}
