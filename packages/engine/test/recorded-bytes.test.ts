import { parseAgentScript, scripted, type AgentAdapter } from '@gump/agents'
import { createEngine } from '@gump/engine'
import { builtinGates } from '@gump/gates'
import { builtinGuards } from '@gump/guards'
import { memoryPlaybook } from '@gump/schema'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { defaultSettings } from '../src/ambient/default-settings.js'
import {
  commitEverything,
  copyOfWorld,
  doOddEdit,
  makeOddWorld,
  namesAnotherDriver,
  type OddEdit,
  oddEdits,
  type OddWorld,
  storedIn,
} from './support/odd-repository.js'

const text = `
name: w
steps:
  - {name: impl, type: code, agent: editor}
`

/** `GUMP_PROPERTY_RUNS=500 GUMP_PROPERTY_SEED=7` looks further. */
const numRuns = Number(process.env['GUMP_PROPERTY_RUNS'] ?? 8)
const seed = Number(process.env['GUMP_PROPERTY_SEED'] ?? 20_261_130)

let template: OddWorld
beforeAll(() => {
  template = makeOddWorld()
})
afterAll(() => template.remove())

/** Works on files at the moment of its launch. */
function editor(world: OddWorld, edits: readonly OddEdit[]): AgentAdapter {
  const plain = scripted(parseAgentScript('- do: [turn]\n', 'agents.yaml'), { name: 'editor' })
  return {
    ...plain,
    launch(request) {
      for (const edit of edits) doOddEdit(world, request.cwd, edit)
      return plain.launch(request)
    },
  }
}

/** What is left when the agent's work is applied; null when the run has failed. */
async function throughGump(edits: readonly OddEdit[]): Promise<Readonly<Record<string, string>> | null> {
  const world = copyOfWorld(template)
  const { repo, env, git } = world
  const engine = createEngine({
    repo,
    playbook: memoryPlaybook({ origin: 'builtin', workflows: [{ ref: 'w', text }] }),
    agents: [editor(world, edits)],
    gates: builtinGates,
    guards: builtinGuards,
    settings: { worktree: { ...defaultSettings.worktree, setup: 'off', submodules: true } },
    ambient: { env },
  })
  try {
    const run = await engine.start({ workflow: 'w' })
    const { status } = await run.result
    if (status !== 'passed') return null
    const { status: applied } = await engine.apply(run.id)
    await engine.gc({})
    // Git leaves the folder of a submodule that is no more.
    const looking = ['--porcelain', '--untracked-files=no', '--ignore-submodules=untracked']
    expect(git(repo, 'status', ...looking)).toBe('')
    return { ...storedIn(git, repo, 'HEAD'), applied: applied === 'nothing-to-do' ? 'merged' : applied }
  } finally {
    await engine.close()
    world.remove()
  }
}

/** What `git add` stores when a person does the same in a copy. */
function byHand(edits: readonly OddEdit[]): Readonly<Record<string, string>> {
  const world = copyOfWorld(template)
  const { repo, git } = world
  try {
    for (const edit of edits) doOddEdit(world, repo, edit)
    commitEverything(world, repo)
    return { ...storedIn(git, repo, 'HEAD'), applied: 'merged' }
  } finally {
    world.remove()
  }
}

it('apply gives the bytes that git add would have given, or the run has failed', async () => {
  let passed = 0
  await fc.assert(
    fc.asyncProperty(oddEdits, async (edits) => {
      const recorded = await throughGump(edits)
      if (recorded === null) {
        // The one thing here that must not pass: a driver that the run did not begin with.
        expect(edits.filter(namesAnotherDriver)).not.toEqual([])
        return
      }
      passed += 1
      expect(recorded).toEqual(byHand(edits))
    }),
    { numRuns, seed },
  )
  expect(passed).toBeGreaterThan(numRuns / 3)
}, 3_600_000)
