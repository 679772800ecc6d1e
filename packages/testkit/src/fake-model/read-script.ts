import { asList, asObject, type JsonObject } from './json-value.js'
import type { FakeScript } from './script.js'

type Check = (value: unknown, path: string) => readonly string[]

const text: Check = (value, path) => (typeof value === 'string' ? [] : [`${path} must be a string`])
const flag: Check = (value, path) => (typeof value === 'boolean' ? [] : [`${path} must be true or false`])
const count: Check = (value, path) =>
  Number.isInteger(value) && Number(value) >= 0 ? [] : [`${path} must be a whole number`]
const anything: Check = () => []

const listOf =
  (item: Check): Check =>
  (value, path) =>
    Array.isArray(value)
      ? value.flatMap((one, index) => item(one, `${path}[${index}]`))
      : [`${path} must be a list`]

const mapOf =
  (item: Check): Check =>
  (value, path) =>
    entries(value, path, (object) =>
      Object.entries(object).flatMap(([key, one]) => item(one, `${path}.${key}`)),
    )

/** An object with these keys and no others; a key that ends in `!` has to be there. */
const shape =
  (keys: Readonly<Record<string, Check>>): Check =>
  (value, path) =>
    entries(value, path, (object) => {
      const known = new Map(
        Object.entries(keys).map(([key, check]) => [
          key.replace(/!$/u, ''),
          { check, needed: key.endsWith('!') },
        ]),
      )
      const missing = [...known].filter(([key, { needed }]) => needed && !(key in object))
      return [
        ...missing.map(([key]) => `${path}.${key} is missing`),
        ...Object.entries(object).flatMap(([key, one]) => {
          const place = `${path}.${key}`
          return known.get(key)?.check(one, place) ?? [`${place} is not known`]
        }),
      ]
    })

function entries(
  value: unknown,
  path: string,
  check: (object: JsonObject) => readonly string[],
): readonly string[] {
  const object = asObject(value)
  return object === null ? [`${path} must be an object`] : check(object)
}

const atSomeEvent = shape({ 'kind!': text, times: count, 'after!': count })
const FAULTS: Readonly<Record<string, Check>> = {
  http: shape({ 'kind!': text, times: count, 'status!': count, headers: mapOf(text), body: anything }),
  stall: atSomeEvent,
  cut: atSomeEvent,
  malformed: atSomeEvent,
  silence: shape({ 'kind!': text, times: count }),
}
const fault: Check = (value, path) =>
  FAULTS[String(asObject(value)?.['kind'])]?.(value, path) ?? [
    `${path}.kind must be one of ${Object.keys(FAULTS).join(', ')}`,
  ]

const call = shape({ 'name!': text, args: mapOf(anything), input: text, beside: text })
const tool: Check = (value, path) =>
  'anyOf' in (asObject(value) ?? {}) ? shape({ anyOf: listOf(call) })(value, path) : call(value, path)

const script = shape({
  models: listOf(text),
  fault,
  side: text,
  captures: mapOf(text),
  'conversations!': listOf(
    shape({
      match: text,
      toolless: flag,
      'turns!': listOf(
        shape({
          text,
          reasoning: text,
          tools: listOf(tool),
          usage: shape({
            input: count,
            output: count,
            cacheRead: count,
            cacheWrite: count,
            reasoning: count,
          }),
          delayMs: count,
          eventDelayMs: count,
          fault,
        }),
      ),
    }),
  ),
})

/**
 * Reads a script from JSON.
 *
 * @throws TypeError that lists everything that is wrong, with its place in the script.
 */
export function readScript(json: string): FakeScript {
  const value: unknown = JSON.parse(json)
  const problems = [
    ...script(value, 'script'),
    ...asList(asObject(value)?.['conversations']).flatMap((one, index) =>
      asList(asObject(one)?.['turns']).length === 0 ? [`script.conversations[${index}] has no turns`] : [],
    ),
  ]
  if (problems.length > 0) throw new TypeError(problems.join('\n'))
  return value as FakeScript
}
