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
