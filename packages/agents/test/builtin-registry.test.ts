import { builtinAgents, type AgentAdapter } from '@gump/agents'
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { PRESETS } from '../src/presets/index.js'

const folder = fileURLToPath(new URL('../src/builtin', import.meta.url))
const presets: readonly string[] = PRESETS.map(({ name }) => name)
const own = builtinAgents().filter(({ name }) => !presets.includes(name))
const files = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
  .map((file) => file.slice(0, -'.ts'.length))

describe('builtinAgents', () => {
  it('lists exactly the files of the folder', () => {
    const names = own.map((adapter) => adapter.name)
    expect([...names].toSorted()).toEqual(files.toSorted())
  })

  it.each(files)('%s.ts exports a function of that name which makes the adapter', async (file) => {
    const module = (await import(`../src/builtin/${file}.ts`)) as Record<string, () => AgentAdapter>
    const listed = builtinAgents().find((adapter) => adapter.name === file)
    expect(listed?.name).toBe(file)
    expect(typeof module[file]).toBe('function')
  })

  it('has recorded streams for everything that is a real program', () => {
    for (const { name, detection } of own) {
      if (detection === null) continue
      expect(existsSync(fileURLToPath(new URL(`fixtures/${name}/success`, import.meta.url))), name).toBe(true)
    }
  })
})
