import { runAlias } from '../commands/run-alias.js'
import { defineGate } from '../define-gate.js'
import type { GateDefinition } from '../contract.js'
import { describeFailure } from '../verdicts/describe-failure.js'
import { judgeTestRun } from '../verdicts/judge-test-run.js'

/** The project compiles and its tests fail because tests fail: the red step of test-driven work, a reproduced bug. */
export const testsFail: GateDefinition = defineGate({
  name: 'tests_fail',
  summary: 'passes when the project compiles and a test fails',
  argument: 'none',
  commandAlias: 'test',
  required: true,
  async run(context) {
    const compiling = await runAlias(context, 'compile', false)
    if ('result' in compiling && (compiling.result.exitCode !== 0 || compiling.result.timedOut)) {
      const { command, result } = compiling
      const error = `the project does not compile, so no test can fail yet\n${describeFailure(command, result)}`
      return { status: 'fail', error, exitCode: result.exitCode }
    }
    const testing = await runAlias(context, 'test', true)
    if ('gateResult' in testing) return testing.gateResult
    const { command, result } = testing
    const { exitCode } = result
    const judgement = judgeTestRun(result, command.runners)
    switch (judgement.kind) {
      case 'tests_failed':
      case 'unverified':
        return { status: 'pass', exitCode, detail: judgement.detail }
      case 'passed':
        return { status: 'fail', exitCode, error: 'all tests pass; write a test that fails for now' }
      case 'stopped':
        return { status: 'fail', exitCode, error: describeFailure(command, result) }
      case 'not_run':
        return {
          status: 'fail',
          exitCode,
          error: `no test failed: ${judgement.reason}\n${describeFailure(command, result)}`,
        }
    }
  },
})
