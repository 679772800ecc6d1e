import { insertAfter, notRun, occurrences, sum, testsFailed, word, type TestRunner } from './test-runner.js'

const program = word('phpunit|pest|artisan test')

/** PHPUnit (9.6, recorded output) and Pest. `--list-tests` prints ` - Class::method` lines. */
export const phpunit: TestRunner = {
  name: 'phpunit',
  startedBy: (command) => command.search(program) !== -1,
  listing: (command) => insertAfter(command, program, '--list-tests'),
  count({ output }) {
    const at = output.search(/^\s*Available tests?(?:\(s\))?:/m)
    return at === -1 ? null : occurrences(output.slice(at), /^\s*- \S.*$/gm)
  },
  judge({ output }) {
    if (/^(?:PHP )?(?:Fatal|Parse) error: /m.test(output)) return notRun('the test files could not be loaded')
    if (/^(?:FAILURES|ERRORS)!$/m.test(output)) {
      const failed =
        (sum(output, /^Tests: \d+.*?, Failures: (\d+)/gm) ?? 0) +
        (sum(output, /^Tests: \d+.*?, Errors: (\d+)/gm) ?? 0)
      return testsFailed(failed === 0 ? null : failed)
    }
    const pest = sum(output, /^\s*Tests:\s+(\d+) failed.*\(\d+ assertions?\)/gm)
    if (pest !== null) return testsFailed(pest)
    return /^No tests executed!$/m.test(output) ? notRun('no tests were found') : null
  },
}
