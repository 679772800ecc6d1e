import { notRun, occurrences, sum, testsFailed, word, type TestRunner } from './test-runner.js'

const program = word('python[\\d.]* -m unittest')

/**
 * unittest has no listing of its own, so its command line is given to `unittest.main` with a runner that counts.
 * Modules that cannot be imported become `_FailedTest`, which are named and not counted.
 */
const COUNTER = `
import sys, unittest
def flat(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite): yield from flat(test)
        else: yield test
class Counter:
    def __init__(self, **options): pass
    def run(self, suite):
        tests = list(flat(suite))
        broken = [test for test in tests if type(test).__name__ == "_FailedTest"]
        for test in broken: print("cannot be loaded:", test.id(), getattr(test, "_exception", ""))
        print("discovered %d tests" % (len(tests) - len(broken)))
        return unittest.TestResult()
unittest.main(module=None, testRunner=Counter, argv=["python -m unittest"] + sys.argv[1:])
`

/** Python's own unittest (3.11, recorded output). */
export const unittest: TestRunner = {
  name: 'unittest',
  startedBy: (command) => command.search(program) !== -1,
  listing: (command) =>
    command.replace(program, (found) => `${found.slice(0, found.indexOf(' -m '))} -c '${COUNTER}'`),
  count: ({ output }) => sum(output, /^discovered (\d+) tests$/gm),
  judge({ output }) {
    const broken = occurrences(output, /^ERROR: .*\(?unittest\.loader\._FailedTest/gm)
    if (broken > 0) return notRun(`${String(broken)} test module(s) could not be loaded`)
    const ran = sum(output, /^Ran (\d+) tests? in /gm)
    if (ran === null) return null
    if (ran === 0) return notRun('no tests were found')
    const failed =
      (sum(output, /^FAILED \(.*?failures=(\d+)/gm) ?? 0) + (sum(output, /^FAILED \(.*?errors=(\d+)/gm) ?? 0)
    return failed > 0 ? testsFailed(failed) : null
  },
}
