import { fakeClock } from '@gump/testkit'
import { expect, it } from 'vitest'
import { steadyClock } from '../src/ambient/steady-clock.js'
import { world } from './support/world.js'

const day = 86_400_000
const text = `
name: w
max_timeout: 2h
steps:
  - {name: a, agent: claude, prompt: Go., gate: [{bash: "test -e ok"}]}
  - {name: b, agent: claude, prompt: Go.}
`
const script = `- match: {step: a, round: 1}
  do: [turn, {write: {path: half, content: x}}]
- do: [turn, {write: {path: ok, content: x}}]
`

it.each([
  ['a day back', -day],
  ['ten years back', -3650 * day],
  ['a day on', day],
])('a run that is resumed when the clock has gone %s measures what it always did', async (_, shift) => {
  const start = Date.UTC(2026, 5, 1)
  const first = world({ workflows: { w: text }, script, ambient: { clock: fakeClock(start) } })
  const run = await first.engine.start({ workflow: 'w' })
  expect(await run.result).toMatchObject({ status: 'failed' })

  const clock = fakeClock(start + shift)
  const { engine } = world({ workflows: { w: text }, script, repo: first.repo, ambient: { clock } })
  const resumed = await engine.resume({ run: run.id })
  expect(await resumed.result).toMatchObject({ status: 'passed', durationMs: 0 })
  const events = await engine.events(run.id)
  const times = events.map(({ ts }) => ts)
  expect(times).toEqual(times.toSorted())
  for (const event of events) if ('duration_ms' in event) expect(event.duration_ms).toBeLessThan(1000)
  const told = events.filter(
    (event) => event.type === 'warning' && event.message.startsWith('the clock says'),
  )
  expect(told).toHaveLength(shift < 0 ? 1 : 0)
  expect(await engine.runs()).toMatchObject([{ status: 'passed', durationMs: 0 }])
})

it('a steady clock advances, whatever the other one does', () => {
  let now = 1000
  const clock = steadyClock({ now: () => now, timer: () => () => {} })
  const moments = [1000, 1500, 200, 700, 5000].map((moment) => {
    now = moment
    return clock.now()
  })
  expect(moments).toEqual([1000, 1500, 1500, 2000, 6300])
  expect(clock.notBefore(7000)).toBe(700)
  expect(clock.notBefore(10)).toBe(0)
  expect(clock.now()).toBe(7000)
})
