// A process that runs engines for a test that wants to see them die: instructions come and answers go over the IPC
// channel that `fork` makes. It ends with its parent.
import type { Engine } from '@gump/engine'
import { isGumpError } from '@gump/errors'
import { diskState } from './disk-state.js'
import { countFaults, type FaultCounter, type PointId } from './fault-counter.js'
import type { Answer, Instruction } from './messages.js'
import { openScenarioEngine } from './open-engine.js'
import { createPerson } from './person.js'
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
  let runs: Answer['runs'] = []
  const answer = { points: counter.passed, unchanged, result: null, applied: null }
  try {
    runs = (await engine.runs()).map(({ id, status, ownerPid }) => ({ id, status, ownerPid }))
    return { ...answer, runs, ...(await perform(engine, instruction)) }
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { ...answer, runs, error: { code: isGumpError(error) ? error.code : null, message } }
  } finally {
    await engine.close()
  }
}

async function perform(engine: Engine, instruction: Instruction): Promise<Partial<Answer>> {
  const scenario = scenarioNamed(instruction.scenario)
  const { workflow, inputs, pauseAfter } = scenario
  const person = createPerson(engine, instruction.repo, scenario)
  switch (instruction.do) {
    case 'start':
      return {
        result: await person.attend(
          await (
            await engine.start({ workflow, spec: 'spec.md', inputs, pauseAfter })
          ).result,
        ),
      }
    case 'resume':
      return { result: await person.resume() }
    case 'apply':
      return { applied: (await engine.apply('latest')).status }
    case 'look':
      return {}
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
