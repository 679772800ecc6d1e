import { createMemoryLedger, type NewEvent } from '@gump/ledger'
import { initialState, knownTokens, reduce, type RunState } from '@gump/history'
import { describe, expect, it } from 'vitest'
import { launching, lost, started, stepStarted, turned } from './support/lines.js'

function run(...events: NewEvent[]): RunState {
  const memory = createMemoryLedger({ runId: 'r', clock: { now: () => 1 } })
  memory.append([started, stepStarted('a'), ...events])
  return memory.events.reduce(reduce, initialState)
}
const replayed = (event: NewEvent): NewEvent => ({ ...event, replayed: true })

describe('what a run has used', () => {
  it('is at least the turns that were seen of a launch that was lost', () => {
    expect(run(launching('a'), turned('a'), turned('a', 2), lost('a')).spent).toMatchObject({
      microUsd: 20_000,
      turns: 2,
      launches: 1,
    })
  })

  it('is nothing for what a replayed run has paid for', () => {
    const { spent } = run(replayed(launching('a')), replayed(turned('a')))
    expect(spent).toEqual(initialState.spent)
  })

  it('is not known, and not nothing, while an agent works that tells its tokens at its end only', () => {
    const silent: NewEvent = {
      ...(turned('a') as Extract<NewEvent, { type: 'turn_completed' }>),
      usage: {
        tokens: { input: 0, output: 0, cache_read: 0, cache_write: 0 },
        cost_usd: 0.1,
        cost_source: 'native',
      },
    }
    const { spent } = run(launching('a'), silent)
    expect(knownTokens(spent, 'input')).toBeNull()
    expect(spent.microUsd).toBe(100_000)
  })
})
