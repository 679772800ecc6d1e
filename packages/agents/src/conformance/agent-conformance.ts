import type { AgentAdapter } from '../contract.js'
import { checkAbsurdValues, checkCutAnywhere, checkLostLines } from './damage.js'
import type { AgentFixture } from './fixture.js'
import { checkLastWord } from './last-word.js'
import { checkLaunchIsPure, checkModelAndSession, checkPrompts } from './launching.js'
import {
  checkBlankLines,
  checkHugeAndBrokenLines,
  checkReorderedFields,
  checkUnknownEvents,
} from './noise.js'
import { checkRecorded } from './recorded.js'
import { checkCompatMode, checkSilence } from './silence.js'

/** One check of the suite: `run` throws when the adapter does not conform, and says why. */
export interface ConformanceCase {
  readonly name: string
  readonly run: () => void
}

const HUGE_LINE_BYTES = 50 * 1024 * 1024

/**
 * The conformance suite of agent adapters: what is recorded must be read as expected, and no damage to a stream may
 * throw or be taken for a success. It belongs to no test framework; each case is a name and a function.
 *
 * @param adapter the adapter under test
 * @param fixtures recorded streams with expectations, see {@link readFixtures}; at least one success
 *
 * @example
 * ```ts
 * import { agentConformance, readFixtures } from '@gump/agents/conformance'
 * import { test } from 'vitest'
 * import adapter from '../src/index.js'
 *
 * for (const { name, run } of agentConformance(adapter, readFixtures('test/fixtures'))) test(name, run)
 * ```
 */
export function agentConformance(
  adapter: AgentAdapter,
  fixtures: readonly AgentFixture[],
): readonly ConformanceCase[] {
  return [
    { name: 'has a recorded success among its fixtures', run: () => requireSuccess(fixtures) },
    {
      name: 'describes launches as plain data, from the request alone',
      run: () => checkLaunchIsPure(adapter),
    },
    { name: 'hands over prompts of any length and content', run: () => checkPrompts(adapter) },
    { name: 'hands over model and session', run: () => checkModelAndSession(adapter) },
    { name: 'takes silence for a failure', run: () => checkSilence(adapter) },
    { name: 'judges an unknown dialect by its exit code', run: () => checkCompatMode(adapter) },
    ...hugeLineCase(adapter, fixtures),
    ...fixtures.flatMap((fixture) => fixtureCases(adapter, fixture)),
  ]
}

function requireSuccess(fixtures: readonly AgentFixture[]): void {
  if (fixtures.some(({ expected }) => expected.outcome === 'success')) return
  throw new Error('no fixture expects a success')
}

function hugeLineCase(adapter: AgentAdapter, fixtures: readonly AgentFixture[]): readonly ConformanceCase[] {
  const fixture = fixtures.find(({ expected }) => expected.outcome === 'success')
  if (fixture === undefined) return []
  return [
    {
      name: 'takes a line of 50 MB and lines that are no UTF-8',
      run: () => checkHugeAndBrokenLines(adapter, fixture, HUGE_LINE_BYTES),
    },
  ]
}

function fixtureCases(adapter: AgentAdapter, fixture: AgentFixture): readonly ConformanceCase[] {
  const { name } = fixture
  return [
    {
      name: `${name}: outcome, session, turns, tokens, cost and writes`,
      run: () => checkRecorded(adapter, fixture),
    },
    { name: `${name}: unknown events change nothing`, run: () => checkUnknownEvents(adapter, fixture) },
    { name: `${name}: blank lines change nothing`, run: () => checkBlankLines(adapter, fixture) },
    {
      name: `${name}: the order of fields changes nothing`,
      run: () => checkReorderedFields(adapter, fixture),
    },
    { name: `${name}: cut anywhere, it is no success`, run: () => checkCutAnywhere(adapter, fixture) },
    { name: `${name}: its last word counts when it hangs`, run: () => checkLastWord(adapter, fixture) },
    { name: `${name}: any line can be lost`, run: () => checkLostLines(adapter, fixture) },
    { name: `${name}: absurd values are survived`, run: () => checkAbsurdValues(adapter, fixture) },
  ]
}
