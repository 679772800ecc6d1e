// A process that runs engines for somebody who wants to see them die: instructions come and answers go over the IPC
// channel that `fork` makes. It ends with its parent.
import type { Engine, RunResult } from '@gump/engine'
import { isGumpError } from '@gump/errors'
import { diskState } from './disk-state.js'
import { countFaults, type FaultCounter, type PointId } from './fault-counter.js'
import type { Answer, Instruction } from './messages.js'
import { openScenarioEngine } from './open-engine.js'
import { scenarioNamed } from './scenarios.js'

async function follow(instruction: Instruction): Promise<Answer> {
  const { repo, processes, dieAt, dieAtNumber, hurry } = instruction
  const unchanged: boolean[] = []
  let disk = ''
  const counter: FaultCounter = countFaults((point) => {
    if (instruction.compareDisk === true) {
      const now = diskState(repo)
      unchanged.push(now === disk && !point.name.startsWith('running:'))
      disk = now
    }
    if (isSame(point, dieAt) || counter.passed.length === dieAtNumber) die()
  })
  const engine = openScenarioEngine({
    repo,
    scenario: scenarioNamed(instruction.scenario),
    fault: counter.fault,
    ...(processes === undefined ? {} : { processes }),
    ...(hurry === undefined ? {} : { hurry }),
  })
  try {
    const runs = (await engine.runs()).map(({ id, status }) => ({ id, status }))
    const result = await perform(engine, instruction)
    return { ok: true, runs, result, points: counter.passed, unchanged }
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { ok: false, code: isGumpError(error) ? error.code : null, message, points: counter.passed }
  } finally {
    await engine.close()
  }
}

async function perform(engine: Engine, instruction: Instruction): Promise<RunResult | null> {
  const { workflow, inputs } = scenarioNamed(instruction.scenario)
  switch (instruction.do) {
    case 'start':
      return (await engine.start({ workflow, spec: 'spec.md', inputs })).result
    case 'resume':
      return (await engine.resume({ run: 'latest' })).result
    case 'apply':
      await engine.apply('latest')
      return null
    case 'look':
      return null
  }
}

function isSame(a: PointId, b: PointId | undefined): boolean {
  return b !== undefined && a.name === b.name && a.nth === b.nth
}

/** The signal takes this thread before it comes back from the kernel; the rest is for platforms where it does not. */
function die(): never {
  process.kill(process.pid, 'SIGKILL')
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

process.on('message', (instruction: Instruction) => {
  void follow(instruction).then((answer) => process.send?.(answer))
})
process.once('disconnect', () => process.exit())
process.send?.('ready')
