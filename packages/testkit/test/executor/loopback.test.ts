import { createEngine, type Engine } from '@gump/engine'
import { createProcessRunner, type ProcessRunner } from '@gump/process'
import { temporaryRepository } from '@gump/testkit'
import { afterEach, expect, it } from 'vitest'
import { executorScenarios, loopback } from '../../src/executor/index.js'

const open: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close()
})

function another(): { readonly engine: Engine; readonly other: ReturnType<typeof loopback> } {
  const repo = temporaryRepository()
  const other = loopback(repo.dir)
  const processes: ProcessRunner = {
    ...createProcessRunner({ env: process.env }),
    start: () => Promise.reject(new Error('a process was started here')),
  }
  const engine = createEngine({
    ...executorScenarios(repo.dir),
    ambient: { executor: other.factory, processes },
  })
  open.push(repo.remove, other.close, () => engine.close())
  return { engine, other }
}

it('no process is started where the run is decided', async () => {
  const { engine, other } = another()
  const run = await engine.start({ workflow: 'retried' })
  expect(await run.result).toMatchObject({ status: 'passed' })
  expect(await engine.events(run.id)).toContainEqual(expect.objectContaining({ type: 'command_launched' }))
  expect(other.pids).toHaveLength(1)
})

it('what happens between events is shown as always', async () => {
  const { engine } = another()
  const run = await engine.start({ workflow: 'retried' })
  const kinds = new Set<string>()
  run.onLive(({ step, event }) => kinds.add(`${step} ${event.type}`))
  await run.result
  expect([...kinds].some((kind) => kind.startsWith('write '))).toBe(true)
})

it('a performing process that dies stops the run, and a new one continues where it stopped', async () => {
  const { engine, other } = another()
  const run = await engine.start({ workflow: 'long' })
  for await (const { type } of run.events) if (type === 'agent_launched') break
  for (const pid of other.pids) process.kill(pid, 'SIGKILL')
  expect(await run.result).toMatchObject({ status: 'failed', failedStep: 'wait' })
  const stopped = (await engine.events(run.id)).find(({ type }) => type === 'circuit_breaker')
  expect(stopped).toMatchObject({ reason: 'GUMP-R999: the performing process ended with SIGKILL' })
  const resumed = await engine.resume({ run: run.id })
  expect(await resumed.result).toMatchObject({ status: 'passed' })
})
