import { expect, it } from 'vitest'
import { historyBefore, resolveStep } from '../src/history-before.js'
import { Simulator, started } from './simulator.js'
import { agentStep, group, plan, retry } from './workflow-builder.js'

it('does again from its beginning what was in progress beside the step when all of it was tried again', () => {
  const sides = group('sides', [agentStep('a'), agentStep('b')], { parallel: { failFast: true, limit: 2 } })
  const workflow = plan([group('all', [sides], { retry: retry(2) })])
  const launches: string[] = []
  const first = new Simulator(workflow, {
    launch: ({ path }) => (launches.push(path) === 2 ? 'error' : 'success'),
    // First a is launched; what it did is not collected before b has failed.
    pick: (count) => (launches.length === 0 ? 0 : count - 1),
  })
  first.append(started())
  expect(first.run().state.ended?.status).toBe('passed')
  const history = historyBefore(first.events, resolveStep(first.events, 'all/sides/b'))
  const again = new Simulator(workflow)
  again.append(started())
  for (const event of history) again.append(event)
  const before = again.events.length
  expect(again.run().state.ended?.status).toBe('passed')
  const launched = again.events.slice(before).flatMap((e) => (e.type === 'agent_launching' ? [e.step] : []))
  expect(launched.toSorted()).toEqual(['all/sides/a', 'all/sides/b'])
})
