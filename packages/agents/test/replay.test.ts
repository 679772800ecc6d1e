import { claude, replay, replayedAttempt, type EmbeddedProgram, type ReplayedFile } from '@gump/agents'
import { readFixtures, sampleRequest, type AgentFixture } from '@gump/agents/conformance'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { linesOf, play } from '../src/conformance/play.js'

const fixtures = readFixtures(fileURLToPath(new URL('fixtures/claude', import.meta.url)))
const id = { path: 'impl', round: 1, attempt: 1, launch: 1 }

function program(
  fixture: AgentFixture,
  files: readonly ReplayedFile[] = [],
  speed?: number,
): EmbeddedProgram {
  const { exit } = fixture.expected
  const attempt = replayedAttempt({ adapter: claude(), ...id, lines: linesOf(fixture.stdout), exit, files })
  const timed = { ...attempt, events: attempt.events.map((one) => ({ ...one, afterMs: 100 })) }
  const agent = replay({ run: 'run-1', attempts: [timed] }, speed === undefined ? {} : { speed })
  const plan = agent.launch(sampleRequest())
  if (plan.kind !== 'embedded') throw new Error('an embedded launch was expected')
  return plan.program
}

describe('replay', () => {
  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('says again: %s', (_name, fixture) => {
    const { exit } = fixture.expected
    const lines = program(fixture)
      .steps.filter((step) => step.do === 'emit')
      .map((step) => step.line)
    const recorded = play(claude(), linesOf(fixture.stdout), exit)
    const replayed = play(replay(), lines, exit)
    expect(replayed.events).toEqual(recorded.events)
    expect(replayed.outcome).toMatchObject({ ...recorded.outcome })
  })

  it('writes files when their tools start, and the others before the end', () => {
    const success = fixtures.find(({ name }) => name === 'success')
    if (success === undefined) throw new Error('the fixture is missing')
    const files: readonly ReplayedFile[] = [
      { path: 'hello.txt', content: 'hello\n' },
      { path: 'logo.png', content: 'iVBOR', encoding: 'base64', mode: 0o644 },
      { path: 'old.txt', deleted: true },
    ]
    const { steps } = program(success, files)
    const at = steps.findIndex((step) => step.do === 'write' && step.path === 'hello.txt')
    expect(steps[at - 1]).toMatchObject({ do: 'emit', line: expect.stringContaining('tool_started') })
    expect(steps.slice(-3)).toEqual([
      { do: 'write', path: 'logo.png', content: 'iVBOR', encoding: 'base64', mode: 0o644 },
      { do: 'delete', path: 'old.txt' },
      { do: 'emit', line: expect.stringContaining('"result"') },
    ])
  })

  it('waits as long as the recorded agent took, at the speed that is wanted', () => {
    const success = fixtures.find(({ name }) => name === 'success')
    if (success === undefined) throw new Error('the fixture is missing')
    const waits = (speed?: number): readonly number[] =>
      program(success, [], speed).steps.flatMap((step) => (step.do === 'sleep' ? [step.ms] : []))
    expect(new Set(waits(1))).toEqual(new Set([100]))
    expect(new Set(waits(10))).toEqual(new Set([10]))
    expect(waits()).toEqual([])
  })

  it('fails as a matter of configuration where nothing was recorded', () => {
    const plan = replay({ run: 'run-1', attempts: [] }).launch(sampleRequest())
    expect(plan.kind === 'embedded' && JSON.stringify(plan.program)).toContain(
      'recording of run-1 holds nothing',
    )
  })
})
