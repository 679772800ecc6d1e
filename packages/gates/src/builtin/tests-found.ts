import { runAlias } from '../commands/run-alias.js'
import { defineGate } from '../define-gate.js'
import type { GateDefinition } from '../contract.js'
import { countListedTests } from '../verdicts/count-listed-tests.js'
import { describeFailure, nameOf } from '../verdicts/describe-failure.js'

/** The test runner itself lists at least one test. */
export const testsFound: GateDefinition = defineGate({
  name: 'tests_found',
  summary: 'passes when the test runner lists at least one test',
  argument: 'none',
  commandAlias: 'tests_found',
  required: true,
  async run(context) {
    const run = await runAlias(context, 'tests_found', true)
    if ('gateResult' in run) return run.gateResult
    const { command, result } = run
    const { exitCode } = result
    const count = result.timedOut ? null : countListedTests(result, command.runners)
    if (count !== null && count > 0) {
      return { status: 'pass', exitCode, detail: `${String(count)} found with ${nameOf(command)}` }
    }
    const known = (command.runners ?? []).length > 0
    if (exitCode === 0 && !result.timedOut && !known) {
      const detail = `${nameOf(command)} exited with 0; its output is no listing that Gump can count`
      return { status: 'pass', exitCode, detail }
    }
    const nothing = count === 0 || exitCode === 0 ? 'the test runner finds no test\n' : ''
    return { status: 'fail', exitCode, error: nothing + describeFailure(command, result) }
  },
})
