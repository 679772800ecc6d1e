import { figures, type Schema } from './shape.js'

/** Where a value does not fit its schema: `usage.tokens`, and why. */
export interface Misfit {
  readonly field: string
  readonly why: string
}

/**
 * Compares a value with a schema. Figures that make no sense are set to 0 and told to `onFigure`; everything else that
 * does not fit is returned.
 */
export type ShapeCheck = (value: unknown, onFigure: (field: string) => void) => Misfit | null

type Check = (value: unknown, field: string, onFigure: (field: string) => void) => Misfit | null

/**
 * Compiles the part of JSON Schema that `shape.ts` speaks. Reading a ledger needs this on every start of every command:
 * a validator for the whole language takes longer to load than most ledgers to read.
 */
export function compileShape(schema: Schema): ShapeCheck {
  const check = compile(schema)
  return (value, onFigure) => check(value, '', onFigure)
}

function compile(schema: Schema): Check {
  if (Array.isArray(schema['anyOf'])) return anyOf((schema['anyOf'] as readonly Schema[]).map(compile))
  if ('const' in schema) return oneOf([schema['const']])
  if (Array.isArray(schema['enum'])) return oneOf(schema['enum'] as readonly unknown[])
  switch (schema['type']) {
    case 'object':
      return objectCheck(schema)
    case 'array':
      return arrayCheck(schema)
    case 'string':
      return stringCheck(schema)
    case 'integer':
    case 'number':
      return numberCheck(schema)
    case 'boolean':
      return typed((value) => typeof value === 'boolean', 'true or false')
    case 'null':
      return typed((value) => value === null, 'null')
    default:
      return () => null
  }
}

function typed(fits: (value: unknown) => boolean, expected: string): Check {
  return (value, field) => (fits(value) ? null : { field, why: `is not ${expected}` })
}

function oneOf(values: readonly unknown[]): Check {
  const known = new Set(values)
  const list = values.map((value) => JSON.stringify(value)).join(', ')
  return typed((value) => known.has(value), values.length > 8 ? 'one of the known values' : `one of ${list}`)
}

function anyOf(checks: readonly Check[]): Check {
  return (value, field, onFigure) => {
    let first: Misfit | null = null
    for (const check of checks) {
      const misfit = check(value, field, onFigure)
      if (misfit === null) return null
      first ??= misfit
    }
    return first
  }
}

function stringCheck(schema: Schema): Check {
  const pattern = typeof schema['pattern'] === 'string' ? new RegExp(schema['pattern'], 'u') : null
  const shortest = typeof schema['minLength'] === 'number' ? schema['minLength'] : 0
  return (value, field) => {
    if (typeof value !== 'string') return { field, why: 'is not a text' }
    if (value.length < shortest) return { field, why: 'is empty' }
    return pattern === null || pattern.test(value) ? null : { field, why: 'has not the form it should have' }
  }
}

function numberCheck(schema: Schema): Check {
  const least = typeof schema['minimum'] === 'number' ? schema['minimum'] : -Number.MAX_VALUE
  const most = figures.get(schema) ?? Number.MAX_VALUE
  const whole = schema['type'] === 'integer'
  return (value, field) => {
    const fits = typeof value === 'number' && value >= least && value <= most
    return fits && (!whole || Number.isInteger(value)) ? null : { field, why: 'is not a sensible number' }
  }
}

function arrayCheck(schema: Schema): Check {
  const items = schema['items'] as Schema | undefined
  const check = items === undefined ? null : compile(items)
  return (value, field, onFigure) => {
    if (!Array.isArray(value)) return { field, why: 'is not a list' }
    if (check === null) return null
    for (let at = 0; at < value.length; at += 1) {
      const misfit = check(value[at], `${field}[${at}]`, onFigure)
      if (misfit !== null) return misfit
    }
    return null
  }
}

interface Property {
  readonly name: string
  readonly check: Check
  readonly figure: boolean
  readonly required: boolean
}

function objectCheck(schema: Schema): Check {
  const properties = propertiesOf(schema)
  const values = schema['additionalProperties'] as Schema | undefined
  const others = values === undefined ? null : compile(values)
  return (value, field, onFigure) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return { field, why: 'is not an object' }
    }
    const object = value as Record<string, unknown>
    for (const property of properties) {
      const misfit = checkProperty(object, field, property, onFigure)
      if (misfit !== null) return misfit
    }
    if (others === null) return null
    for (const [name, entry] of Object.entries(object)) {
      const misfit = others(entry, below(field, name), onFigure)
      if (misfit !== null) return misfit
    }
    return null
  }
}

function propertiesOf(schema: Schema): readonly Property[] {
  const required = new Set((schema['required'] as readonly string[] | undefined) ?? [])
  return Object.entries((schema['properties'] as Readonly<Record<string, Schema>> | undefined) ?? {}).map(
    ([name, property]) => ({
      name,
      check: compile(property),
      figure: isFigure(property),
      required: required.has(name),
    }),
  )
}

function isFigure(schema: Schema): boolean {
  return figures.has(schema) || ((schema['anyOf'] as readonly Schema[] | undefined)?.some(isFigure) ?? false)
}

function checkProperty(
  object: Record<string, unknown>,
  parent: string,
  { name, check, figure, required }: Property,
  onFigure: (field: string) => void,
): Misfit | null {
  const there = Object.hasOwn(object, name)
  if (!there && !required) return null
  const field = below(parent, name)
  if (!there && !figure) return { field, why: 'is missing' }
  const misfit = there ? check(object[name], field, onFigure) : { field, why: 'is missing' }
  if (misfit === null || !figure) return misfit
  object[name] = 0
  onFigure(field)
  return null
}

function below(parent: string, name: string): string {
  return parent === '' ? name : `${parent}.${name}`
}
