import { insertAfter, notRun, sum, testsFailed, word, type TestRunner } from './test-runner.js'

const program = word('_?mocha')

/** Mocha (11, recorded output). `--dry-run` reports every test as passing without running it. */
export const mocha: TestRunner = {
  name: 'mocha',
  startedBy: (command) => command.search(program) !== -1,
  listing: (command) => insertAfter(command, program, '--dry-run'),
  count({ output }) {
    if (/^Error: No test files found/m.test(output)) return 0
    const passing = sum(output, /^\s+(\d+) passing\b/gm)
    return passing === null ? null : passing + (sum(output, /^\s+(\d+) pending\b/gm) ?? 0)
  },
  judge({ output }) {
    const failed = sum(output, /^\s+(\d+) failing$/gm)
    if (failed !== null) return testsFailed(failed)
    if (/^Error: No test files found/m.test(output)) return notRun('no tests were found')
    return /^\s*Exception during run:/m.test(output) ? notRun('the test files could not be loaded') : null
  },
}
