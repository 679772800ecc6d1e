import { compileShape, type ShapeCheck } from './check-shape.js'
import { bodies } from './ledger-schema.js'

const compiled = new Map<string, ShapeCheck>()

/** The check for events of a type; null for a type of a newer version. */
export function bodyCheck(type: string): ShapeCheck | null {
  const known = compiled.get(type)
  if (known !== undefined) return known
  if (!Object.hasOwn(bodies, type)) return null
  const check = compileShape(bodies[type as keyof typeof bodies])
  compiled.set(type, check)
  return check
}
