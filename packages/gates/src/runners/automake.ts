import { notRun, sum, testsFailed, type TestRunner } from './test-runner.js'

const program = /(?<![\w./@-])make(?: -\S+)* check(?![\w./@-])/g

/** Automake's parallel test harness behind `make check` (1.16). It can only run tests, not list them. */
export const automake: TestRunner = {
  name: 'make check',
  startedBy: (command) => command.search(program) !== -1,
  listing: () => null,
  count: ({ output }) => sum(output, /^# TOTAL:\s+(\d+)$/gm),
  judge({ output }) {
    const failed = (sum(output, /^# FAIL:\s+(\d+)$/gm) ?? 0) + (sum(output, /^# ERROR:\s+(\d+)$/gm) ?? 0)
    if (failed > 0) return testsFailed(failed)
    return sum(output, /^# TOTAL:\s+(\d+)$/gm) === null &&
      /^make(?:\[\d+\])?: \*\*\* /m.test(output) &&
      /: error: /.test(output)
      ? notRun('the project did not build')
      : null
  },
}
