import { notRun, sum, testsFailed, word, type TestRunner } from './test-runner.js'

const program = word('gradlew?(?:\\.bat)?')
const task = /(?<=\s)((?::?[\w-]+)*:?test|check)(?=[\s;&|]|$)/

/**
 * Gradle. `--test-dry-run` (since 8.3) writes result files that name every test without running it; they are
 * counted, because Gradle prints nothing about them.
 */
export const gradle: TestRunner = {
  name: 'gradle',
  startedBy: (command) => command.search(program) !== -1 && task.test(command),
  listing: (command) =>
    task.test(command)
      ? `${command.replace(task, '$1 --test-dry-run')} && echo "discovered $(find . -path '*/build/test-results/*' -name '*.xml' -exec cat {} + | grep -o '<testcase ' | wc -l) tests"`
      : null,
  count: ({ output }) => sum(output, /^discovered\s+(\d+) tests$/gm),
  judge({ output }) {
    if (/Compilation failed; see the compiler (?:error )?output|Compilation error\. See log/.test(output)) {
      return notRun('the project did not compile')
    }
    const failed = sum(output, /^\d+ tests? completed, (\d+) failed/gm)
    if (failed !== null) return testsFailed(failed)
    if (/There were failing tests/.test(output)) return testsFailed(null)
    return /^FAILURE: Build (?:failed|completed with)/m.test(output)
      ? notRun('the build failed before the tests')
      : null
  },
}
