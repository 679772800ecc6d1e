import { notRun, occurrences, sum, testsFailed, type TestRunner } from './test-runner.js'

const segment = /(?<![\w./@-])(?:[\w./@-]*\/)?(?:node|tsx)(?![\w./@-])[^;&|\n]*?\s--test(?![\w-])[^;&|\n]*/g

/** No test bears this name. */
const NOTHING =
  "--test-reporter=tap --test-reporter-destination=stdout --test-name-pattern='^gump-lists-tests$'"

/**
 * Node's own runner (20.20, 22.23 and 24.21, recorded output).
 *
 * It has no listing. With a name pattern that nothing matches it loads the test files and runs no test; Node 20 then
 * reports every test as skipped, and since Node 22 every file that has tests prints the plan `1..0`, so that files
 * are counted. A file without tests prints neither.
 *
 * A file that cannot be loaded counts as a failed test in its sums; it is recognised by `test failed` with an exit
 * code (TAP) or beside the file's own name (spec reporter).
 */
export const nodeTest: TestRunner = {
  name: 'node --test',
  startedBy: (command) => command.search(segment) !== -1,
  listing: (command) =>
    command.replace(segment, (part) =>
      part
        .replace(
          /\s--test-(?:reporter|reporter-destination|name-pattern)(?:=|\s+)(?:'[^']*'|"[^"]*"|\S+)/g,
          '',
        )
        .replace(/\s--test(?![\w-])/, () => ` --test ${NOTHING}`),
    ),
  count({ output }) {
    const tests = sum(output, /^# tests (\d+)$/gm)
    if (tests === null) return /^Could not find /m.test(output) ? 0 : null
    const skipped = occurrences(output, /^\s*ok \d+ - .*# SKIP test name does not match pattern$/gm)
    return skipped > 0 || tests === 0 ? skipped : occurrences(output, /^1\.\.0$/gm)
  },
  judge({ output }) {
    const failed = sum(output, /^(?:#|ℹ) fail (\d+)$/gm)
    if (failed === null) return /^Could not find /m.test(output) ? notRun('no tests were found') : null
    const unloaded =
      occurrences(output, /^ +exitCode: [1-9]\d*$/gm) +
      occurrences(output, /^test at \S.*:1:1\n✖ .*\n\s+'test failed'$/gm)
    if (unloaded > 0) return notRun(`${String(unloaded)} test file(s) could not be loaded`)
    return failed > 0 ? testsFailed(failed) : null
  },
}
