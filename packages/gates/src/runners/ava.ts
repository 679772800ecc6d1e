import { insertAfter, notRun, sum, testsFailed, word, type TestRunner } from './test-runner.js'

const program = word('ava')

/** AVA (7.0, recorded output). It can only run tests, not list them; its TAP counts those that it ran. */
export const ava: TestRunner = {
  name: 'ava',
  startedBy: (command) => command.search(program) !== -1,
  listing: (command) => insertAfter(command, program, '--tap'),
  count({ output }) {
    if (/Couldn.t find any (?:files to test|matching tests)/.test(output)) return 0
    return sum(output, /^# tests (\d+)$/gm)
  },
  judge({ output }) {
    if (/^\s*(?:✘|✖) (?:No tests found in|Couldn.t find any files to test)/m.test(output))
      return notRun('no tests were found')
    const failed = sum(output, /^\s+(\d+) tests? failed$/gm) ?? sum(output, /^# fail (\d+)$/gm)
    if (
      /^\s*(\d+) uncaught exceptions?$|^\s*Uncaught exception in |exited with a non-zero exit code/m.test(
        output,
      )
    )
      return notRun('a test file could not be loaded')
    return failed !== null && failed > 0 ? testsFailed(failed) : null
  },
}
