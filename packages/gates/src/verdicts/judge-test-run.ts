import { plural } from '@gump/errors'
import type { GateCommandResult } from '../contract.js'
import { testRunners } from '../runners/index.js'
import type { RunVerdict, TestRunner } from '../runners/test-runner.js'
import { plainText } from '../text/plain-text.js'
import { whenStopped } from './describe-failure.js'

/** What a finished test command says about the tests. */
export type TestRunJudgement =
  | { readonly kind: 'passed' }
  | { readonly kind: 'tests_failed'; readonly detail: string }
  | { readonly kind: 'not_run'; readonly reason: string }
  /** It did not end; what it had reported by then is said. */
  | { readonly kind: 'stopped'; readonly reason: string }
  /** It failed, and no known runner's words are in the output. */
  | { readonly kind: 'unverified'; readonly detail: string }

type Outcome = Pick<GateCommandResult, 'exitCode' | 'signal' | 'timedOut' | 'output'> &
  Partial<Pick<GateCommandResult, 'durationMs' | 'silentMs'>>

/**
 * Tells "tests ran and failed" from every other way in which a test command can fail.
 *
 * @param runners The runners that the command is known to start. With any, at least one of them must say that tests
 * failed and none that it could not run. Without, the output is held against every runner Gump knows; when none
 * recognises it, an ordinary exit status is taken for failing tests, unverified.
 *
 * @example
 * ```ts
 * judgeTestRun({ exitCode: 1, signal: null, timedOut: false, output: '--- FAIL: TestAdd (0.00s)' }, ['go test'])
 * // { kind: 'tests_failed', detail: 'go test: 1 test failed' }
 * ```
 */
export function judgeTestRun(outcome: Outcome, runners: readonly string[] = []): TestRunJudgement {
  if (outcome.timedOut)
    return { kind: 'stopped', reason: `the test command ${whenStopped({ durationMs: 0, ...outcome })}` }
  if (outcome.exitCode === null) {
    return { kind: 'not_run', reason: `the test command was ended by ${outcome.signal ?? 'a signal'}` }
  }
  const { exitCode } = outcome
  if (exitCode === 0) return { kind: 'passed' }
  if (exitCode === 127) return { kind: 'not_run', reason: 'a program was not found (exit 127)' }
  if (exitCode === 126) return { kind: 'not_run', reason: 'a program could not be executed (exit 126)' }

  const run = { exitCode, output: plainText(outcome.output) }
  const known = testRunners.filter((runner) => runners.includes(runner.name))
  const verdicts = (known.length > 0 ? known : testRunners).flatMap((runner) => {
    const verdict = runner.judge(run)
    return verdict === null ? [] : [{ runner, verdict }]
  })
  const broken = verdicts.find(({ verdict }) => verdict.kind === 'not_run')
  const failed = verdicts.find(({ verdict }) => verdict.kind === 'tests_failed')
  if (broken !== undefined) return { kind: 'not_run', reason: describe(broken.runner, broken.verdict) }
  if (failed !== undefined) return { kind: 'tests_failed', detail: describe(failed.runner, failed.verdict) }
  if (known.length > 0) {
    const names = known.map((runner) => runner.name).join(', ')
    return {
      kind: 'not_run',
      reason: `exit ${String(exitCode)}, and the output of ${names} names no failing test`,
    }
  }
  if (exitCode > 128 && exitCode <= 128 + 64) {
    return { kind: 'not_run', reason: `the test command was ended by signal ${String(exitCode - 128)}` }
  }
  return {
    kind: 'unverified',
    detail: `exit ${String(exitCode)}; which test failed could not be verified: no known test runner's report is in the output`,
  }
}

function describe(runner: TestRunner, verdict: RunVerdict): string {
  if (verdict.kind === 'not_run') return `${runner.name}: ${verdict.reason}`
  if (verdict.failed === null) return `${runner.name}: tests failed`
  return `${runner.name}: ${plural(verdict.failed, 'test')} failed`
}
