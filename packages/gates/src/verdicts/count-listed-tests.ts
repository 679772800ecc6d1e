import type { GateCommandResult } from '../contract.js'
import { testRunners } from '../runners/index.js'
import { plainText } from '../text/plain-text.js'

/**
 * How many tests (for some runners: test files) the output of a listing names; null when it is no listing that Gump
 * can read.
 *
 * @param runners The runners that the command is known to start; without any, every runner is tried.
 *
 * @example
 * ```ts
 * countListedTests({ exitCode: 0, output: 'TestAdd\nok  \texample.com/m\t0.002s\n' }, ['go test']) // 1
 * ```
 */
export function countListedTests(
  listed: Pick<GateCommandResult, 'exitCode' | 'output'>,
  runners: readonly string[] = [],
): number | null {
  const run = {
    exitCode: listed.exitCode,
    output: plainText(listed.output),
  }
  const known = testRunners.filter((runner) => runners.includes(runner.name))
  const counts = (known.length > 0 ? known : testRunners)
    .map((runner) => runner.count(run))
    .filter((count) => count !== null)
  if (known.length > 0) return counts.length === 0 ? null : counts.reduce((total, count) => total + count, 0)
  // An unknown command: only names count, because an exit status of 0 is an empty listing to some runners.
  const largest = Math.max(0, ...counts)
  return largest === 0 ? null : largest
}
