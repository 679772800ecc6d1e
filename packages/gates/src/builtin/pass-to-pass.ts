import { runAlias } from '../commands/run-alias.js'
import type { GateContext, GateDefinition } from '../contract.js'
import { defineGate } from '../define-gate.js'
import { readResults } from '../results/read-results.js'
import { lostTests } from '../results/lost-tests.js'
import { describeFailure } from '../verdicts/describe-failure.js'
import { describeWeakening } from '../weakening/change.js'
import { languageOf } from '../weakening/languages/index.js'
import { isSettingsFile } from '../weakening/settings.js'
import { weakenings } from '../weakening/weakenings.js'

/** Rows of an error that are written out. */
const SHOWN = 20

/** Tests that passed before the step still exist, run and pass, and say as much as before. */
export const passToPass: GateDefinition = defineGate({
  name: 'pass_to_pass',
  summary: 'passes when the tests that passed before the step still run and pass, and none was weakened',
  argument: 'none',
  mayRun: 'test_results',
  required: false,
  async run(context) {
    const { change } = context
    if (change === null) return { status: 'skipped', reason: 'there is no change to compare' }
    const files = await change.texts()
    const found = weakenings(files, await change.otherTests())
    const certain = found.filter((one) => one.certain).map(describeWeakening)
    const comparison = await compareResults(context)
    if (comparison.kind === 'broken')
      return { status: 'fail', error: [comparison.error, ...listed('weakened', certain)].join('\n') }
    const lost = comparison.kind === 'compared' ? comparison.lost : []
    if (certain.length > 0 || lost.length > 0) {
      const error = [
        ...listed('tests or checks were weakened', certain),
        ...listed('tests passed before this step and do not pass now', lost),
      ].join('\n')
      return { status: 'fail', error }
    }
    const warnings = found.map(describeWeakening)
    if (comparison.kind === 'compared') {
      const detail = `${String(comparison.kept)} tests that passed before still pass`
      return { status: 'pass', detail, warnings }
    }
    const readable = files.some(({ path }) => languageOf(path) !== undefined || isSettingsFile(path))
    if (!readable) return { status: 'skipped', reason: comparison.reason }
    return {
      status: 'pass',
      detail: `nothing was weakened in the text of the change; ${comparison.reason}`,
      warnings,
    }
  },
})

type Comparison =
  | { readonly kind: 'compared'; readonly lost: readonly string[]; readonly kept: number }
  | { readonly kind: 'broken'; readonly error: string }
  | { readonly kind: 'unknown'; readonly reason: string }

async function compareResults(context: GateContext): Promise<Comparison> {
  const { change } = context
  const command = await context.commands.resolve('test_results')
  if (change === null || command.status === 'unresolved')
    return {
      kind: 'unknown',
      reason: command.status === 'unresolved' ? command.because : 'there is no change',
    }
  const base = await change.runAtBase({ command: command.command })
  const before = readResults(base, command.runners)
  const passed = [...(before ?? [])].filter(([, status]) => status === 'passed').map(([name]) => name)
  if (passed.length === 0)
    return {
      kind: 'unknown',
      reason: before === null ? 'no test could be run on the base' : 'no test passed on the base',
    }
  const run = await runAlias(context, 'test_results', false)
  if ('gateResult' in run) return { kind: 'unknown', reason: 'the test command is gone' }
  const after = readResults(run.result, command.runners)
  if (after === null)
    return { kind: 'broken', error: `no test result could be read\n${describeFailure(command, run.result)}` }
  const lost = lostTests(before ?? new Map(), after)
  return { kind: 'compared', lost, kept: passed.length - lost.length }
}

function listed(title: string, rows: readonly string[]): readonly string[] {
  if (rows.length === 0) return []
  const more = rows.length > SHOWN ? [`  … and ${String(rows.length - SHOWN)} more`] : []
  return [`${title}:`, ...rows.slice(0, SHOWN).map((row) => `  ${row}`), ...more]
}
