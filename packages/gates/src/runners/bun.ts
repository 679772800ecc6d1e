import { insertAfter, notRun, sum, testsFailed, word, type TestRunner } from './test-runner.js'

const program = word('bun test')

/**
 * Bun's own runner (1.4, recorded output). It has no listing; with a name pattern that nothing matches it says how
 * many tests it skipped.
 */
export const bun: TestRunner = {
  name: 'bun test',
  startedBy: (command) => command.search(program) !== -1,
  listing: (command) => insertAfter(command, program, "--test-name-pattern '^gump-lists-tests$'"),
  count({ output }) {
    if (/^No tests found!/m.test(output)) return 0
    return sum(output, /(?:\(skipping |^\s+)(\d+) (?:tests?\)|filtered out$)/gm)
  },
  judge({ output }) {
    if (/^No tests found!/m.test(output)) return notRun('no tests were found')
    if (/^# Unhandled error between tests$/m.test(output)) return notRun('a test file could not be loaded')
    const failed = sum(output, /^\s+(\d+) fail$/gm)
    return failed !== null && failed > 0 ? testsFailed(failed) : null
  },
}
