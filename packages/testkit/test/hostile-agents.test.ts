import { type AgentAdapter, type LaunchPlan, parseAgentScript, scripted } from '@gump/agents'
import { createEngine, type Engine, type Run } from '@gump/engine'
import { builtinGates } from '@gump/gates'
import { builtinGuards } from '@gump/guards'
import { type ContainmentLevel, createProcessRunner } from '@gump/process'
import { memoryPlaybook } from '@gump/schema'
import { asProcess, temporaryRepository, type TemporaryRepository } from '@gump/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { containmentLevels } from '../src/crash/levels.js'
import { processesWith } from '../src/crash/leftovers.js'

const { available } = await containmentLevels()

/** What an agent may do besides its work. `exec "$@"` becomes the agent that works. */
const habits = {
  'ignores SIGTERM': 'trap "" TERM; exec "$@"',
  'forks twice': '( ( sleep 1000 & ) & ); exec "$@"',
  'leaves its session': 'setsid sleep 1000 & exec "$@"',
  'leaves a process that holds stdout open': 'sleep 1000 & exec "$@"',
  'forks a hundred children': 'for n in $(seq 100); do sleep 1000 & done; exec "$@"',
}

interface World {
  readonly repo: TemporaryRepository
  readonly engine: Engine
}
const worlds: World[] = []
afterEach(async () => {
  for (const { repo, engine } of worlds.splice(0)) {
    await engine.close()
    repo.remove()
  }
})

/** An agent that never ends, each in its own way, and a guard that trips when the test wants it. */
function world(level: ContainmentLevel, habit: keyof typeof habits, guard: string): World {
  const repo = temporaryRepository()
  const inner = asProcess(scripted(parseAgentScript('- do: [turn, turn, {sleep: 1h}]', 'agents.yaml')))
  const agent: AgentAdapter = {
    ...inner,
    launch(request): LaunchPlan {
      const plan = inner.launch(request)
      if (plan.kind !== 'process') throw new TypeError('it is a process')
      return { ...plan, file: 'sh', args: ['-c', habits[habit], 'sh', plan.file, ...plan.args] }
    },
  }
  const text = `name: w\nsteps:\n  - {name: a, agent: scripted, prompt: go${guard}}\n`
  const engine = createEngine({
    repo: repo.dir,
    playbook: memoryPlaybook({ origin: 'builtin', workflows: [{ ref: 'w', text }] }),
    agents: [agent],
    gates: builtinGates,
    guards: builtinGuards,
    ambient: { processes: createProcessRunner({ env: process.env, forceLevel: level }) },
  })
  const made = { repo, engine }
  worlds.push(made)
  return made
}

async function atWork(run: Run): Promise<void> {
  for await (const event of run.events) if (event.type === 'turn_completed') return
}

describe.each(available)('an agent that is held by %s', (level) => {
  describe.each(Object.keys(habits) as (keyof typeof habits)[])('and %s', (habit) => {
    it('leaves nothing when a guard trips', async () => {
      const { engine } = world(level, habit, ', guard: {max_turns: 1}')
      const run = await engine.start({ workflow: 'w' })
      expect(await run.result).toMatchObject({ status: 'failed', failedStep: 'a' })
      expect(processesWith(`GUMP_CONTAINER=${run.id}/`)).toEqual([])
      const events = await engine.events(run.id)
      expect(events.find((e) => e.type === 'agent_launched')).toMatchObject({ level })
      expect(events.find((e) => e.type === 'agent_killed')).toMatchObject({ by: 'guard' })
    })

    it('leaves nothing when the run is stopped, within 5 s', async () => {
      const { engine } = world(level, habit, '')
      const run = await engine.start({ workflow: 'w' })
      await atWork(run)
      const asked = performance.now()
      await run.cancel()
      expect(await run.result).toMatchObject({ status: 'cancelled' })
      expect(performance.now() - asked).toBeLessThan(5000)
      expect(processesWith(`GUMP_CONTAINER=${run.id}/`)).toEqual([])
    })
  })
})
