import { insertAfter, notRun, occurrences, sum, testsFailed, word, type TestRunner } from './test-runner.js'

const program = word('jest|(?:react-scripts|craco) test')

/** Jest (30, recorded output). `--listTests` prints the absolute paths of test files. */
export const jest: TestRunner = {
  name: 'jest',
  startedBy: (command) => command.search(program) !== -1,
  listing: (command) => insertAfter(command, program, '--listTests'),
  count({ output, exitCode }) {
    const files = occurrences(output, /^(?:\/|[A-Za-z]:\\)\S.*\.\w+$/gm)
    return files > 0 || exitCode === 0 ? files : null
  },
  judge({ output }) {
    const broken = occurrences(output, /^\s*● Test suite failed to run$/gm)
    if (broken > 0) return notRun(`${String(broken)} test file(s) could not be loaded`)
    const failed = sum(output, /^Tests:\s+(\d+) failed\b/gm)
    if (failed !== null) return testsFailed(failed)
    return /^No tests found/m.test(output) ? notRun('no tests were found') : null
  },
}
