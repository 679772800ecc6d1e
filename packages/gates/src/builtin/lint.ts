import { runAlias } from '../commands/run-alias.js'
import { defineGate } from '../define-gate.js'
import type { GateDefinition } from '../contract.js'
import { describeFailure, nameOf } from '../verdicts/describe-failure.js'

/** The linter is content. Skipped when the project has none, or when its program is not installed. */
export const lint: GateDefinition = defineGate({
  name: 'lint',
  summary: 'passes when the linter exits with 0; skipped without one',
  argument: 'none',
  commandAlias: 'lint',
  required: false,
  async run(context) {
    const run = await runAlias(context, 'lint', false)
    if ('gateResult' in run) return run.gateResult
    const { command, result } = run
    if (result.exitCode === 0 && !result.timedOut) {
      return { status: 'pass', exitCode: 0, detail: `${nameOf(command)}: ${command.because}` }
    }
    return { status: 'fail', error: describeFailure(command, result), exitCode: result.exitCode }
  },
})
