import { parseWorkflow, workflowSchemaV3, workflowSchemaV4 } from '@gump/schema'
import { Ajv2020 } from 'ajv/dist/2020.js'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { corpus } from './corpus.js'
import { seed } from './seed.js'
import { someKeys } from './support/some-keys.js'

const ajv = new Ajv2020({ strict: true })
const schemas = { v4: ajv.compile(workflowSchemaV4), v3: ajv.compile(workflowSchemaV3) }

/** What depends on several places of a file, or on other files: only the parser sees it. */
const beyondStructure = /W008|W017|W021|W03[1469]|W04[2-8]|W05[0-2]|W07[0-4]/

const values = (await corpus('valid'))
  .filter(({ expected }) => expected.every((line) => !/W07[2-4]/.test(line)))
  .map(({ source }) => parse(source.text, { merge: true }) as unknown)

const word = fc.constantFrom(
  'a',
  'spec',
  'code',
  'split',
  'plan',
  'diff',
  'new',
  'reuse',
  'fresh',
  'test',
  'compile',
  'touched: x',
  'coverage: 80',
  'coverage: 101',
  '{spec}',
  '',
  ' ',
  '5m',
  '0s',
  '../x',
  '/x',
  'v/w',
  'v/w.yaml',
  'same',
  'escalate: q',
  'from: a',
  'reset',
  'x.y',
  '-x',
  'read-only',
  'before_gate',
  'bash: x',
  'validate: v',
  'validate',
  'file: a',
  'rerun',
  'enforce',
  'exit',
  '2m3s',
)
const scalar = fc.oneof(
  word,
  fc.constantFrom<unknown>(
    0,
    1,
    2,
    -1,
    1.5,
    80,
    101,
    true,
    false,
    null,
    [],
    {},
    ['a'],
    [1],
    { a: 'b' },
    { file: 'x' },
    { from: 'a' },
  ),
)
const key = fc.constantFrom(...someKeys, 'max_turns', 'cause', 'unknown', 'max_timeout')
const change = fc.record({
  at: fc.nat(),
  key,
  value: scalar,
  how: fc.constantFrom('replace', 'add', 'remove', 'rename'),
})
type Change = { at: number; key: string; value: unknown; how: string }

/** Changes one place of a value, counted through all of its places. */
function apply(value: unknown, { at, key, value: fresh, how }: Change): unknown {
  const copy = structuredClone(value)
  const places: { holder: Record<string, unknown>; name: string }[] = []
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    for (const name of Object.keys(node)) {
      places.push({ holder: node as Record<string, unknown>, name })
      walk((node as Record<string, unknown>)[name])
    }
  }
  walk(copy)
  if (places.length === 0) return copy
  const { holder, name } = places[at % places.length]!
  if (Array.isArray(holder)) {
    if (how === 'remove') holder.splice(Number(name), 1)
    else holder[Number(name)] = fresh
  } else if (how === 'add') holder[key] = fresh
  else if (how === 'replace') holder[name] = fresh
  else {
    if (how === 'rename') holder[key] = holder[name]
    delete holder[name]
  }
  return copy
}

test('parser and schema agree on the structure of changed workflows', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...values),
      fc.array(change, { minLength: 1, maxLength: 3 }),
      (value, changes) => {
        const changed = changes.reduce(apply, value)
        const text = stringify(changed)
        const { diagnostics } = parseWorkflow({
          ref: 'x',
          origin: 'project',
          file: 'x.yaml',
          text,
          files: { 'prompts/work.md': '' },
        })
        const dialect = schemaDialect(text)
        const errors = diagnostics.filter((found) => found.severity === 'error').map((found) => found.code)
        const structural = errors.filter((code) => !beyondStructure.test(code))
        const fits = schemas[dialect](parse(text, { merge: true }))
        if (structural.length > 0) expect([text, structural, fits]).toEqual([text, structural, false])
        if (errors.length === 0 && !diagnostics.some((found) => found.code === 'GUMP-W074')) {
          expect([text, schemas[dialect].errors ?? []]).toEqual([text, []])
        }
      },
    ),
    { numRuns: process.env['CI'] === undefined ? 300 : 1500, seed },
  )
}, 120_000)

function schemaDialect(text: string): 'v4' | 'v3' {
  const { workflow } = parseWorkflow({
    ref: 'x',
    origin: 'project',
    file: 'x.yaml',
    text,
    files: { 'prompts/work.md': '' },
  })
  return workflow?.dialect ?? (/output:|on_failure:|foreach:|inputs:|reuse|fresh/.test(text) ? 'v3' : 'v4')
}
