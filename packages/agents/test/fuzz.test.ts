import { builtinAgents } from '@gump/agents'
import { readFixtures } from '@gump/agents/conformance'
import * as fc from 'fast-check'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { linesOf, play } from '../src/conformance/play.js'
import { expectWellFormed } from '../src/conformance/well-formed.js'

const exit = fc.record({
  code: fc.option(fc.integer({ min: 0, max: 255 })),
  signal: fc.option(fc.constantFrom('SIGTERM', 'SIGKILL', 'SIGSEGV')),
  stderrTail: fc.string(),
})

for (const adapter of builtinAgents()) {
  const folder = fileURLToPath(new URL(`fixtures/${adapter.name}`, import.meta.url))
  const recorded = existsSync(folder)
    ? readFixtures(folder).flatMap(({ stdout }) => [...linesOf(stdout)])
    : []
  const short = recorded.filter((line) => line.length < 2000)
  const typeNames = [...new Set(short.map((line) => String((JSON.parse(line) as { type?: unknown }).type)))]

  const shaped = fc
    .tuple(fc.constantFrom('x', ...typeNames), fc.jsonValue(), fc.string(), fc.jsonValue())
    .map(([type, value, key, more]) => JSON.stringify({ ...(value as object), type, [key]: more }))
  const line = fc.oneof(fc.string(), fc.json(), shaped, fc.constantFrom('', ...short))

  describe(adapter.name, () => {
    it('survives any lines in any order, and reports well-formed events', () => {
      fc.assert(
        fc.property(fc.array(line, { maxLength: 30 }), exit, (lines, exit) => {
          expectWellFormed(play(adapter, lines, exit))
        }),
        { numRuns: 150 },
      )
    })

    it('calls nothing a success that was killed before it spoke', () => {
      fc.assert(
        fc.property(fc.array(fc.string()), (lines) => {
          const killed = { code: null, signal: 'SIGKILL', stderrTail: '' }
          expect(play(adapter, lines, killed).outcome.status).toBe('failed')
        }),
      )
    })
  })
}
