import { notRun, occurrences, sum, testsFailed, word, type TestRunner } from './test-runner.js'

const program = word('vitest(?: (?:run|watch|dev))?')

/** Vitest (4.1, recorded output). `vitest list` loads the test files and prints `file > suite > test` lines. */
export const vitest: TestRunner = {
  name: 'vitest',
  startedBy: (command) => command.search(program) !== -1,
  listing: (command) => command.replace(program, (found) => found.replace(/(vitest)(?: \w+)?$/, '$1 list')),
  count({ output, exitCode }) {
    const names = occurrences(output, /^(?:\[[^\]\n]+\] )?[^\s>][^>\n]*\.\w+ > .+$/gm)
    return names > 0 || exitCode === 0 ? names : null
  },
  judge({ output }) {
    const broken = sum(output, /^\W*Failed Suites (\d+)\W*$/gm) ?? 0
    if (broken > 0) return notRun(`${String(broken)} test file(s) or suites could not be started`)
    const failed = sum(output, /^\s+Tests\s+(\d+) failed\b/gm)
    if (failed !== null) return testsFailed(failed)
    if (/^No test files found|^\s+Tests\s+no tests$/m.test(output)) return notRun('no tests were found')
    return /^\W*Unhandled Errors?\W*$/m.test(output) ? notRun('an error happened outside of the tests') : null
  },
}
