import { builtinAgents, type AgentAdapter } from '@gump/agents'
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const folder = fileURLToPath(new URL('../src/builtin', import.meta.url))
const files = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
  .map((file) => file.slice(0, -'.ts'.length))

describe('builtinAgents', () => {
  it('lists exactly the files of the folder', () => {
    const names = builtinAgents().map((adapter) => adapter.name)
    expect([...names].toSorted()).toEqual(files.toSorted())
  })

  it.each(files)('%s.ts exports a function of that name which makes the adapter', async (file) => {
    const module = (await import(`../src/builtin/${file}.ts`)) as Record<string, () => AgentAdapter>
    const listed = builtinAgents().find((adapter) => adapter.name === file)
    expect(listed?.name).toBe(file)
    expect(typeof module[file]).toBe('function')
  })

  it('has recorded streams for everything that is a real program', () => {
    for (const { name, detection } of builtinAgents()) {
      if (detection === null) continue
      expect(existsSync(fileURLToPath(new URL(`fixtures/${name}/success`, import.meta.url))), name).toBe(true)
    }
  })
})
