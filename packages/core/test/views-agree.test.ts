import fc from 'fast-check'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readLedger } from '@gump/ledger'
import { disagreements } from '@gump/testkit'
import { describe, expect, it } from 'vitest'
import { anyScenario, runScenario } from './any-scenario.js'

/** Every ledger that was recorded for a test, anywhere in the repository. */
const packages = fileURLToPath(new URL('../../', import.meta.url))
const recorded = readdirSync(packages)
  .map((name) => join(packages, name, 'test/fixtures'))
  .flatMap((dir) => filesBelow(dir))
  .filter((file) => file.endsWith('.ndjson') && file.includes('ledgers'))

function filesBelow(dir: string): readonly string[] {
  try {
    return readdirSync(dir, { recursive: true }).map((file) => join(dir, String(file)))
  } catch {
    return []
  }
}

describe('all views of a run tell the same tokens, money, times, statuses and names', () => {
  it('there are recorded ledgers', () => {
    expect(recorded.length).toBeGreaterThanOrEqual(3)
  })

  it.each(recorded)('%s, wherever it is cut', async (file) => {
    const { events } = await readLedger(file)
    for (let length = 0; length <= events.length; length += 1) {
      expect(disagreements(events.slice(0, length)), `after ${length} lines`).toEqual([])
    }
  })

  it('of any workflow with any outcomes, wherever it is cut', () => {
    fc.assert(
      fc.property(anyScenario, fc.nat(), (scenario, cut) => {
        const { events } = runScenario(scenario).run(2000)
        expect(disagreements(events)).toEqual([])
        expect(disagreements(events.slice(0, cut % (events.length + 1)))).toEqual([])
      }),
      { numRuns: 100 },
    )
  })

  it('of any run that was stopped and taken up again', () => {
    fc.assert(
      fc.property(anyScenario, fc.nat(), fc.boolean(), (scenario, cut, failed) => {
        const simulator = runScenario(scenario)
        simulator.run(cut % 40)
        if (simulator.state.ended !== null && !failed) return
        simulator.append({ type: 'run_resumed', owner: 2, retry_failed: failed })
        expect(disagreements(simulator.events)).toEqual([])
        simulator.run(2000)
        expect(disagreements(simulator.events)).toEqual([])
      }),
      { numRuns: 100 },
    )
  })
})
