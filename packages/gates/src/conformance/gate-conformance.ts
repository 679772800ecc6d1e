import { isDeepStrictEqual } from 'node:util'
import type { GateContext, GateDefinition, GateResult } from '../contract.js'
import { nothingResolved, runFixture, type GateFixture, type GateHarness } from './gate-harness.js'

/** One check of the suite: `run` rejects when the gate does not conform, and says why. */
export interface GateConformanceCase {
  readonly name: string
  readonly run: () => Promise<void>
}

const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/
const HOSTILE = '\u001b[31mred\u001b[0m \u202e "$(touch hacked)" `x` \'; rm -rf /\n'

/**
 * The conformance suite of gates. It belongs to no test framework; each case is a name and a function.
 *
 * @param definition The gate under test.
 * @param harness A folder and situations with the status that they must lead to.
 *
 * @example
 * ```ts
 * import { gateConformance } from '@gump/gates'
 * import { test } from 'vitest'
 * import gate from '../src/index.js'
 *
 * const fixtures = [
 *   { name: 'changed', context: { files: [{ path: 'CHANGELOG.md', status: 'modified' }] }, expected: 'pass' },
 *   { name: 'unchanged', expected: 'fail' },
 * ]
 * for (const { name, run } of gateConformance(gate, { cwd: tmp, fixtures })) test(name, run)
 * ```
 */
export function gateConformance(
  definition: GateDefinition,
  harness: GateHarness,
): readonly GateConformanceCase[] {
  const { name } = definition
  const run = async (context: GateContext): Promise<GateResult> => definition.run(context)
  const inFixture = async (
    fixture: GateFixture,
    change: Partial<GateContext> = {},
  ): ReturnType<typeof runFixture> => runFixture({ name, run }, harness, fixture, change)

  const perFixture = harness.fixtures.map((fixture) => ({
    name: `${name}: ${fixture.name} → ${fixture.expected}`,
    run: async () => {
      const first = await inFixture(fixture)
      expect(first.result.status === fixture.expected, `it says ${JSON.stringify(first.result)}`)
      checkResult(first.result)
      const second = await inFixture(fixture)
      expect(isDeepStrictEqual(first, second), 'it says something else when it is run again')
    },
  }))

  const passing = harness.fixtures.filter(({ expected }) => expected === 'pass')
  return [
    {
      name: `${name}: is declared completely, with a passing and another fixture`,
      run: async () => {
        expect(/^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/.test(name), 'its name is not legal')
        expect(
          definition.summary.trim() !== '' && !definition.summary.includes('\n'),
          'its summary is not one line',
        )
        expect(Object.isFrozen(definition), 'it is not made with defineGate')
        expect(passing.length > 0, 'no fixture passes')
        expect(passing.length < harness.fixtures.length, 'every fixture passes')
      },
    },
    ...perFixture,
    ...passing.flatMap((fixture) => hostileCases(definition, fixture, inFixture)),
  ]
}

type InFixture = (fixture: GateFixture, change?: Partial<GateContext>) => ReturnType<typeof runFixture>

function hostileCases(
  definition: GateDefinition,
  fixture: GateFixture,
  inFixture: InFixture,
): readonly GateConformanceCase[] {
  const title = (what: string): string => `${definition.name}: ${fixture.name}: ${what}`
  const broken = (end: object): GateFixture => ({
    ...fixture,
    shell: (command) => ({ ...fixture.shell?.(command), ...end }),
  })
  return [
    {
      name: title('without its command it is unconfigured, or skipped when it is not required'),
      run: async () => {
        if (definition.commandAlias === undefined) return
        const { result } = await inFixture(fixture, { commands: nothingResolved })
        const expected = definition.required ? 'unconfigured' : 'skipped'
        expect(result.status === expected, `it is ${result.status}, not ${expected}`)
        checkResult(result)
      },
    },
    {
      name: title('a command that was stopped is no pass'),
      run: async () => {
        for (const end of [
          { timedOut: true, exitCode: null, signal: 'SIGKILL' },
          { exitCode: null, signal: 'SIGKILL', output: '' },
        ]) {
          const { result, commands } = await inFixture(broken(end))
          expect(commands.length === 0 || result.status !== 'pass', `it passes after ${JSON.stringify(end)}`)
          checkResult(result)
        }
      },
    },
    {
      name: title('a cancelled command cancels the gate'),
      run: async () => {
        const reason = new Error('cancelled')
        let started = false
        const shell = {
          run: async (): Promise<never> => {
            started = true
            throw reason
          },
        }
        const outcome = await inFixture(fixture, { shell }).catch((error: unknown) => error)
        expect(!started || outcome === reason, 'it continues when the shell rejects')
      },
    },
    {
      name: title('hostile names are data'),
      run: async () => {
        const files = [{ path: HOSTILE, status: 'added' }, ...(fixture.context?.files ?? [])] as const
        const argumentEnv = { GUMP_V1: HOSTILE }
        const { result, commands } = await inFixture(fixture, { files, argumentEnv, output: HOSTILE })
        checkResult(result)
        for (const { command } of commands) {
          expect(!command.includes('touch hacked'), 'a value got into the text of a command')
        }
      },
    },
  ]
}

/** A result must survive being written as JSON, say something, and be safe to print. */
function checkResult(result: GateResult): void {
  expect(isDeepStrictEqual(JSON.parse(JSON.stringify(result)), { ...result }), 'its result is not plain JSON')
  const texts = Object.entries(result).filter(([key]) =>
    ['error', 'reason', 'remedy', 'detail'].includes(key),
  )
  for (const [key, text] of texts) {
    expect(typeof text === 'string' && text.trim() !== '', `its ${key} is empty`)
    expect(!CONTROL.test(String(text)), `its ${key} holds control characters`)
  }
}

function expect(condition: boolean, otherwise: string): void {
  if (!condition) throw new Error(otherwise)
}
