import { notRun, sum, testsFailed, word, type TestRunner } from './test-runner.js'

const program = word('ctest')

/** CTest (3.25, recorded output). `-N` names the tests and runs none. */
export const ctest: TestRunner = {
  name: 'ctest',
  startedBy: (command) => command.search(program) !== -1,
  listing: (command) => command.replace(program, (found) => `${found} -N`),
  count: ({ output }) => sum(output, /^Total Tests: (\d+)$/gm),
  judge({ output }) {
    const failed = sum(output, /^\d+% tests passed, (\d+) tests? failed out of \d+$/gm)
    if (failed !== null) return failed > 0 ? testsFailed(failed) : null
    if (/^No tests were found!!!$/m.test(output)) return notRun('no tests were found')
    return /^CMake Error|^g?make(?:\[\d+\])?: \*\*\* \[CMakeFiles\//m.test(output)
      ? notRun('the project did not build')
      : null
  },
}
