import { insertAfter, notRun, sum, testsFailed, word, type TestRunner } from './test-runner.js'

const program = word('mvnw?(?:\\.cmd)?')
const totals =
  /^(?:\[\w+\] )?Tests run: (\d+), Failures: (\d+), Errors: (\d+), Skipped: \d+(?!.*Time elapsed).*$/gm

/**
 * Maven with Surefire (3.2, recorded output). Surefire has no listing; the JUnit Platform (1.10 and newer) has a dry
 * run that reports every test as skipped. Older JUnit ignores the property and runs the tests, which counts them too.
 */
export const maven: TestRunner = {
  name: 'maven',
  startedBy: (command) => command.search(program) !== -1,
  listing: (command) => insertAfter(command, program, '-Djunit.platform.execution.dryRun.enabled=true'),
  count({ output, exitCode }) {
    const tests = sum(output, totals)
    return tests === null && exitCode === 0 ? 0 : tests
  },
  judge({ output }) {
    if (/^\[ERROR\] COMPILATION ERROR/m.test(output)) return notRun('the project did not compile')
    const failed = (sum(output, totals, 2) ?? 0) + (sum(output, totals, 3) ?? 0)
    if (failed > 0) return testsFailed(failed)
    return /^\[INFO\] BUILD FAILURE$/m.test(output) ? notRun('the build failed before the tests') : null
  },
}
