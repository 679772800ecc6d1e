import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { builtinAgents } from '@gump/agents'
import { checkWorkflow, defaultSettings } from '@gump/engine'
import { cascade, memoryPlaybook, parseWorkflow, workflowSchemaV3, workflowSchemaV4 } from '@gump/schema'
import { playbook } from '@gump/workflows'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const ajv = new Ajv2020({ strict: true, allErrors: true })
const schemas = { v4: ajv.compile(workflowSchemaV4), v3: ajv.compile(workflowSchemaV3) }

/** Whole workflows in a text: blocks that begin with a name. */
function workflowsIn(file: string): readonly string[] {
  const text = readFileSync(`${root}/${file}`, 'utf8')
  return [...text.matchAll(/```ya?ml\n([\s\S]*?)```/g)]
    .map(([, body]) => body ?? '')
    .filter((body) => /^(?:#.*\n)*name:/.test(body))
}

async function check(ref: string, text: string): Promise<void> {
  const { workflow } = parseWorkflow({ ref, origin: 'project', file: ref, text, files: {} })
  const own = memoryPlaybook({ origin: 'project', workflows: [{ ref, text }] })
  const { diagnostics } = await checkWorkflow(ref, {
    playbook: cascade([own, playbook]),
    vocabulary: {},
    agents: builtinAgents(),
    settings: defaultSettings,
  })
  expect(diagnostics).toEqual([])
  const isLegal = schemas[workflow?.dialect ?? 'v4']
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
      it(`${file}, ${index + 1}`, () => check(`example-${index + 1}`, text))
    }
  }

  it('are there', () => {
    expect(workflowsIn('docs/workflows.md').length).toBeGreaterThan(8)
  })
})

describe('built-in workflows', async () => {
  for (const source of await playbook.list()) {
    it(`${source.ref} is legal by the published schema`, () => check(source.ref, source.text))
  }
})
