import { runAlias } from '../commands/run-alias.js'
import type { GateDefinition } from '../contract.js'
import { coverageFromReports, reportState } from '../measuring/fresh-reports.js'
import { coverageFromOutput } from '../measuring/output-formats.js'
import { defineGate } from '../define-gate.js'
import { plainText } from '../text/plain-text.js'
import { describeFailure, nameOf } from '../verdicts/describe-failure.js'

/**
 * Enough lines are covered by tests, as the project's own tool measures it: read from its output, or from a report
 * that it has just written. Whether the tests pass is for the `test` gate to say.
 */
export const coverage: GateDefinition = defineGate({
  name: 'coverage',
  summary: 'passes when the measured line coverage is at least N percent; skipped when it cannot be measured',
  argument: 'percentage',
  commandAlias: 'coverage',
  required: false,
  async run(context) {
    const wanted = Number(context.argument)
    if (context.argument === null || !Number.isFinite(wanted) || wanted < 0 || wanted > 100) {
      return {
        status: 'unconfigured',
        reason: 'the coverage gate needs a percentage from 0 to 100',
        remedy: 'write one: `- coverage: 80`',
      }
    }
    const before = await reportState(context.cwd)
    const run = await runAlias(context, 'coverage', false)
    if ('gateResult' in run) return run.gateResult
    const { command, result } = run
    const { exitCode } = result
    if (result.timedOut) return { status: 'fail', error: describeFailure(command, result), exitCode }

    const printed = coverageFromOutput(plainText(result.output))
    const report = printed === null ? await coverageFromReports(context.cwd, before) : null
    const percent = printed ?? report?.percent
    if (percent === undefined) {
      const ending = exitCode === 0 ? '' : `; ${describeFailure(command, result)}`
      return { status: 'skipped', reason: `\`${nameOf(command)}\` reported no line coverage${ending}` }
    }
    const measured = `${shown(percent)} % of lines are covered${report === null ? '' : ` (${report.path})`}`
    return percent >= wanted
      ? { status: 'pass', exitCode, detail: measured }
      : { status: 'fail', exitCode, error: `${measured}, and ${String(wanted)} % are required; add tests` }
  },
})

/** Two decimals, rounded down so that 79.999 is not shown as the 80 it has missed. */
function shown(percent: number): string {
  return String(Math.floor(percent * 100 + 1e-9) / 100)
}
