import { parseWorkflow, workflowSchemaV3, workflowSchemaV4 } from '@gump/schema'
import { readdir, readFile } from 'node:fs/promises'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { corpus } from './corpus.js'

const valid = await corpus('valid')
const invalid = await corpus('invalid')

const ajv = new Ajv2020({ strict: true, allErrors: true })
const schemas = { v4: ajv.compile(workflowSchemaV4), v3: ajv.compile(workflowSchemaV3) }

/** Seen by the parser only: YAML itself, files, and what depends on several places. */
const beyondStructure =
  /W00[1-8]|W017|W021|W03[146]|W04[2-8]|W05[0-2]|W06|W07[0-46]|yaml-complex-key|yaml-merge-scalar|get-workflow-near-key|retry-replan-outside-task/

test('is large enough', () => {
  expect(valid.length).toBeGreaterThanOrEqual(60)
  expect(invalid.length).toBeGreaterThanOrEqual(120)
  expect(invalid.filter(({ source }) => source.text.includes('output:')).length).toBeGreaterThanOrEqual(10)
})

test('the built-in workflows fit the schema of the current dialect', async () => {
  const dir = new URL('../../../workflows/', import.meta.url)
  const names = ['', 'validators/'].map(async (prefix) =>
    (await readdir(new URL(prefix, dir)))
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => prefix + name),
  )
  const files = (await Promise.all(names)).flat()
  expect(files.length).toBeGreaterThanOrEqual(10)
  for (const name of files) {
    const validate = schemas.v4
    validate(parse(await readFile(new URL(name, dir), 'utf8'), { merge: true }))
    expect([name, validate.errors ?? []]).toEqual([name, []])
  }
})

describe('valid', () => {
  test.each(valid.map((entry) => [entry.source.ref, entry] as const))('%s', (_, { source, expected }) => {
    const { workflow, diagnostics } = parseWorkflow(source)
    expect(
      diagnostics.map(({ code, range }) => `${code} ${range?.start.line}:${range?.start.column}`),
    ).toEqual(expected)
    expect(workflow).not.toBeNull()
    // What is no YAML cannot be given to a schema.
    if (expected.some((line) => /W07[2-4]/.test(line))) return
    const validate = schemas[workflow!.dialect]
    validate(parse(source.text, { merge: true }))
    expect(validate.errors ?? []).toEqual([])
  })
})

describe('invalid', () => {
  test.each(invalid.map((entry) => [entry.source.ref, entry] as const))(
    '%s',
    (name, { source, expected }) => {
      const { workflow, diagnostics } = parseWorkflow(source)
      expect(
        diagnostics.map(({ code, range }) => `${code} ${range?.start.line}:${range?.start.column}`),
      ).toEqual(expected)
      expect(workflow).toBeNull()
      expect(expected.length).toBeGreaterThan(0)
      if (beyondStructure.test(`${name} ${expected.join(' ')}`)) return
      const dialect = /output:|on_failure:|foreach:|inputs:/.test(source.text) ? 'v3' : 'v4'
      expect(schemas[dialect](parse(source.text, { merge: true }))).toBe(false)
    },
  )
})
