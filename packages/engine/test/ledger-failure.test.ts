import { createProcessRunner, type ProcessRunner } from '@gump/process'
import { defineAgent, parseAgentScript, scripted } from '@gump/agents'
import { asProcess, fakeClock } from '@gump/testkit'
import { type Clock, createEngine, type FaultPoint, type Run, systemClock } from '@gump/engine'
import { builtinGates } from '@gump/gates'
import { builtinGuards } from '@gump/guards'
import { memoryPlaybook } from '@gump/schema'
import { describe, expect, it } from 'vitest'
import { world } from './support/world.js'

/** The disk refuses the first append of this name, in the middle of the line. */
function fullAt(append: string): FaultPoint {
  return (point) => {
    if (point === `append:${append}:torn`) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
  }
}

const sleeps = '- do: [turn, {sleep: 10m}]'
const failed = { code: 'GUMP-L002', data: { errno: 'ENOSPC' } }

function disturbed(more: string, faults: FaultPoint, clock: Clock = systemClock): ReturnType<typeof world> {
  const text = `name: w\nsteps:\n  - {name: a, agent: scripted, prompt: go${more}}\n`
  return world({ workflows: { w: text }, script: sleeps, ambient: { faults, clock } })
}

/** Resolves when the agent is at work. */
async function atWork(run: Run): Promise<void> {
  for await (const event of run.events) if (event.type === 'agent_launched') return
}

describe('a ledger that cannot be written ends the run at once', () => {
  it('when a guard trips by the clock', async () => {
    const clock = fakeClock()
    const { engine } = disturbed(', guard: {max_time: 1m}', fullAt('guard_triggered'), clock)
    const run = await engine.start({ workflow: 'w' })
    const result = expect(run.result).rejects.toMatchObject(failed)
    await atWork(run)
    clock.advance(60_000)
    await result
    expect(await engine.find(run.id)).toMatchObject({ status: 'interrupted', ownerPid: null })
  })

  it('when the time of the run is up', async () => {
    const clock = fakeClock()
    const { engine } = disturbed('', fullAt('timer_fired'), clock)
    const run = await engine.start({ workflow: 'w', maxTimeoutMs: 60_000 })
    const result = expect(run.result).rejects.toMatchObject(failed)
    await atWork(run)
    clock.advance(60_000)
    await result
  })

  it('when it is cancelled, by its signal and by its handle', async () => {
    for (const how of ['signal', 'handle'] as const) {
      const { engine } = disturbed('', fullAt('cancel_requested'))
      const controller = new AbortController()
      const run = await engine.start({ workflow: 'w', signal: controller.signal })
      const result = expect(run.result).rejects.toMatchObject(failed)
      if (how === 'signal') controller.abort()
      else await run.cancel()
      await result
    }
  })

  it('and nothing is left of a run that could not begin', async () => {
    const { engine, repo } = disturbed('', (point) => {
      if (point === 'create:inputs') throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    })
    await expect(engine.start({ workflow: 'w' })).rejects.toMatchObject({ code: 'GUMP-L002' })
    expect(await engine.runs()).toEqual([])
    expect(repo.git('status', '--porcelain')).toBe('')
  })
})

describe('guards and the process of an agent', () => {
  const text =
    'name: w\nsteps:\n  - {name: a, agent: scripted, prompt: go, guard: {max_turns: 1, max_time: 1h}}\n'
  const open = (
    processes: ProcessRunner,
    file?: string,
    clock = fakeClock(),
  ): ReturnType<typeof createEngine> => {
    const { repo } = world({ workflows: { w: text }, script: sleeps })
    const agent = asProcess(scripted(parseAgentScript('- do: [turn, turn, {sleep: 10m}]', 'a.yaml')))
    return createEngine({
      repo: repo.dir,
      playbook: memoryPlaybook({ origin: 'builtin', workflows: [{ ref: 'w', text }] }),
      agents: [
        defineAgent({
          ...agent,
          launch: (request) => ({ ...agent.launch(request), ...(file === undefined ? {} : { file }) }),
        }),
      ],
      gates: builtinGates,
      guards: builtinGuards,
      settings: { sandbox: { mode: 'off', writable: [], hide: [] } },
      ambient: { processes, clock },
    })
  }

  it('an agent that breaks one before it is known by its handle is still killed', async () => {
    const runner = createProcessRunner({ env: process.env, forceLevel: 'group' })
    const engine = open({
      ...runner,
      async start(spec, listeners) {
        let spoken = 0
        let saidEnough = (): void => {}
        const enough = new Promise<void>((resolve) => (saidEnough = resolve))
        const started = await runner.start(spec, {
          ...listeners,
          onStdoutLine(line, truncated) {
            listeners?.onStdoutLine?.(line, truncated)
            spoken += 1
            // Its session and two turns.
            if (spoken === 3) saidEnough()
          },
        })
        await enough
        return started
      },
    })
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'failed', failedStep: 'a' })
    await engine.close()
  })

  it('nothing is watched any more when the program could not be started', async () => {
    const clock = fakeClock()
    const runner = createProcessRunner({ env: process.env, forceLevel: 'group' })
    const engine = open(runner, '/nonexistent/agent', clock)
    const run = await engine.start({ workflow: 'w' })
    expect(await run.result).toMatchObject({ status: 'failed' })
    expect(clock.pending).toBe(0)
    await engine.close()
  })
})
