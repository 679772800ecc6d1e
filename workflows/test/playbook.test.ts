import { readdirSync } from 'node:fs'
import { loadWorkflows, parseWorkflow } from '@gump/schema'
import { playbook } from '@gump/workflows'
import { describe, expect, it, test } from 'vitest'
import { baseName, moduleOf, yamlFiles } from './yaml-files.js'

const files = yamlFiles()

describe.each(files)('$file', (file) => {
  test('is carried by its module; vitest -u writes it', async () => {
    await expect(moduleOf(file)).toMatchFileSnapshot(`../src/texts/${baseName(file.file)}.ts`)
  })

  test('is in the playbook, byte for byte', async () => {
    expect((await playbook.resolve(file.ref)).text).toBe(file.text)
  })

  test('has no problems, also in the workflows it calls', async () => {
    const { diagnostics } = await loadWorkflows(playbook, file.ref)
    expect(diagnostics).toEqual([])
  })

  test('is v4, named as it is called and described in one line', async () => {
    const { workflow } = parseWorkflow(await playbook.resolve(file.ref))
    expect(workflow).toMatchObject({ dialect: 'v4', name: file.ref })
    expect(workflow?.description).toMatch(/^\S.{20,120}$/)
  })
})

it('limits what every workflow but a validator may cost', async () => {
  const budgets = files
    .filter((file) => !file.ref.includes('/'))
    .map((file) => [
      file.ref,
      parseWorkflow({ ...file, origin: 'builtin', files: {} }).workflow?.limits.maxBudgetUsd,
    ])
  expect(Object.fromEntries(budgets)).toEqual({
    'adversarial-review': 12,
    bugfix: 5,
    cheap2sota: 8,
    freeform: 5,
    'implement-spec': 20,
    'parallel-tasks': 12,
    refactor: 8,
    simple: 5,
    tdd: 8,
  })
})

it('lists all workflows, with no module to spare', async () => {
  const listed = await playbook.list()
  expect(listed.map((source) => source.ref)).toEqual(files.map((file) => file.ref))
  expect(listed.map((source) => source.file)).toContain('builtin:validators/arch-review.yaml')
  const modules = readdirSync(new URL('../src/texts/', import.meta.url))
  expect(modules.toSorted()).toEqual(files.map((file) => `${baseName(file.file)}.ts`).toSorted())
})

it('refuses other names and proposes near ones', async () => {
  await expect(playbook.resolve('ttd')).rejects.toMatchObject({ code: 'GUMP-W060' })
})
