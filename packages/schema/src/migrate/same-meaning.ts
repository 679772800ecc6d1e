import { isDeepStrictEqual } from 'node:util'
import type { Workflow } from '../ir.js'

/** True when two representations differ in places of the text only. */
export function sameMeaning(a: Workflow, b: Workflow): boolean {
  return isDeepStrictEqual(withoutPlaces(a), withoutPlaces(b))
}

function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key]) => key !== 'file' && !/^(?:.*R|r)ange$/.test(key))
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutPlaces(inner)]))
}
