import type { RunPlan } from '@gump/engine'
import { openWorkspace, type WorkspaceProvider } from '@gump/workspace'
import { describe, expect, it } from 'vitest'
import { world } from './support/world.js'

const script = `
- match: {}
  do:
    - write: {path: done, content: "1\\n"}
`

const workflow = (limits = ''): string => `
name: w
${limits}
steps:
  - {name: a, type: code, agent: claude, gate: [test]}
`

const files = { 'package.json': '{"scripts": {"test": "test -f done"}}\n' }

/** A workspace that notes whose file lists it was asked for. */
async function listing(dir: string, listed: string[]): Promise<WorkspaceProvider> {
  const workspace = await openWorkspace(dir, { env: process.env })
  return new Proxy(workspace, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return (...args: readonly unknown[]): unknown => {
        if (name === 'listFilesAt') listed.push(String(args[0]))
        return Reflect.apply(value, target, args)
      }
    },
  })
}

describe('a run that starts', () => {
  it('knows its plan without reading the repository again', async () => {
    const listed: string[] = []
    const { engine } = world({
      files,
      workflows: { w: workflow() },
      script,
      ambient: { workspace: async (dir) => listing(dir, listed) },
    })
    const plan = await engine.plan({ workflow: 'w' })
    expect(listed).toHaveLength(1)
    listed.length = 0
    const run = await engine.start({ workflow: 'w' })
    const before = listed.length
    expect(await run.plan()).toEqual(plan)
    expect(before).toBe(1)
    expect((await run.result).status).toBe('passed')
  })
})

describe('the limits of a run', () => {
  const limits = async (
    origin: 'project' | 'builtin',
    lines: string,
    request: object = {},
  ): Promise<RunPlan['limits']> => {
    const { engine } = world({
      files,
      origin,
      workflows: { w: workflow(lines) },
      script,
      settings: { limits: { maxBudget: 3, maxTimeoutMs: 120_000 } },
    })
    return (await engine.plan({ workflow: 'w', ...request })).limits
  }

  it('are those of the settings where the workflow sets none', async () => {
    expect(await limits('project', '')).toEqual({ maxBudgetUsd: 3, maxTimeoutMs: 120_000 })
  })

  it('are those of the workflow before those of the settings', async () => {
    expect(await limits('project', 'max_budget: 9')).toEqual({ maxBudgetUsd: 9, maxTimeoutMs: 120_000 })
    expect(await limits('project', 'max_timeout: 1s')).toEqual({ maxBudgetUsd: 3, maxTimeoutMs: 1000 })
  })

  it('are those of the request before all', async () => {
    const request = { maxBudget: 1, maxTimeoutMs: 5 }
    expect(await limits('project', 'max_budget: 9', request)).toEqual({ maxBudgetUsd: 1, maxTimeoutMs: 5 })
  })

  it('leave the budget of a built-in workflow to the settings, and its other limits to the workflow', async () => {
    expect(await limits('builtin', 'max_budget: 9')).toEqual({ maxBudgetUsd: 3, maxTimeoutMs: 120_000 })
    expect(await limits('builtin', 'max_timeout: 1s')).toEqual({ maxBudgetUsd: 3, maxTimeoutMs: 1000 })
  })
})
