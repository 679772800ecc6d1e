import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parseWorkflow, workflowSchemaV4 } from '@gump/schema'
import { playbook } from '@gump/workflows'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const isLegal = new Ajv2020({ strict: true, allErrors: true }).compile(workflowSchemaV4)

/** Whole workflows in a text: blocks that begin with a name. */
function workflowsIn(file: string): readonly string[] {
  const text = readFileSync(`${root}/${file}`, 'utf8')
  return [...text.matchAll(/```ya?ml\n([\s\S]*?)```/g)]
    .map(([, body]) => body ?? '')
    .filter((body) => /^(?:#.*\n)*name:/.test(body))
}

function check(name: string, text: string): void {
  const { diagnostics } = parseWorkflow({ ref: name, origin: 'project', file: name, text, files: {} })
  expect(diagnostics).toEqual([])
  isLegal(parse(text, { merge: true }))
  expect(isLegal.errors ?? []).toEqual([])
}

// The guide to extending uses gates and guards of its own, and has a test that runs it.
const guides = ['README.md', ...readdirSync(`${root}/docs`).map((name) => `docs/${name}`)].filter(
  (file) => file.endsWith('.md') && file !== 'docs/extending.md',
)

describe('workflows in the documentation', () => {
  for (const file of guides) {
    for (const [index, text] of workflowsIn(file).entries()) {
      it(`${file}, ${index + 1}`, () => check(file, text))
    }
  }

  it('are there', () => {
    expect(workflowsIn('docs/workflows.md').length).toBeGreaterThan(6)
  })
})

describe('built-in workflows', async () => {
  for (const source of await playbook.list()) {
    it(`${source.ref} is legal by the published schema`, () => check(source.ref, source.text))
  }
})
