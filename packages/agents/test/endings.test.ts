import { createUsageMeter, type ProcessExit } from '@gump/agents'
import { readFixtures } from '@gump/agents/conformance'
import * as fc from 'fast-check'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { linesOf } from '../src/conformance/play.js'
import { anyBelow } from '../src/streams/usage-sum.js'
import { TEXTS } from './failures/texts.js'
import { VOICES } from './support/says.js'

const exits: readonly ProcessExit[] = [
  { code: 0, signal: null, stderrTail: '' },
  { code: 1, signal: null, stderrTail: '' },
  { code: null, signal: 'SIGKILL', stderrTail: '', killedBy: 'guard' },
  { code: null, signal: 'SIGTERM', stderrTail: '', killedBy: 'ended' },
  { code: 143, signal: null, stderrTail: '', killedBy: 'cancel' },
  { code: 1, signal: null, stderrTail: "You've hit your usage limit · resets 4pm (UTC)" },
  { code: 1, signal: null, stderrTail: 'No conversation found with session ID: x' },
]

/** A recording up to a line, then what a program in trouble says, then how it goes. */
interface Ending {
  readonly fixture: number
  readonly cut: number
  readonly text: string | null
  readonly exit: ProcessExit
}

const ending: fc.Arbitrary<Ending> = fc.record({
  fixture: fc.nat(),
  cut: fc.oneof(fc.constant(Number.MAX_SAFE_INTEGER), fc.nat()),
  text: fc.option(fc.constantFrom(...TEXTS.map(([, , text]) => text)), { nil: null }),
  exit: fc.constantFrom(...exits),
})

describe.each(Object.entries(VOICES))(
  '%s, with any ending attached to any recording',
  (name, { adapter, lines }) => {
    const fixtures = readFixtures(fileURLToPath(new URL(`fixtures/${name}`, import.meta.url)))

    it('is never a false success, and loses nothing that was seen', () => {
      fc.assert(
        fc.property(ending, ({ fixture, cut, text, exit }) => {
          const recording = fixtures[fixture % fixtures.length]
          if (recording === undefined) return
          const recorded = linesOf(recording.stdout)
          const whole = cut >= recorded.length
          const begun = recorded.slice(0, cut)
          const said =
            text === null
              ? []
              : lines(text)
                  .slice(1)
                  .map((line) => JSON.stringify(line))
          const parser = adapter.createParser()
          const meter = createUsageMeter({ price: { input: 1, output: 2, cacheRead: 1, cacheWrite: 1 } })
          for (const line of [...begun, ...said]) for (const event of parser.push(line)) meter.observe(event)
          const seen = meter.total()
          const outcome = parser.end(exit)
          meter.settle(outcome)

          const mayPass = text === null && whole && recording.expected.outcome === 'success'
          if (outcome.status === 'success') expect(mayPass).toBe(true)
          expect(anyBelow(meter.total().tokens, seen.tokens)).toBe(false)
          if (seen.costSource === 'native') expect(meter.total().costUsd).toBeGreaterThanOrEqual(seen.costUsd)
        }),
        { numRuns: 400 },
      )
    })
  },
)
