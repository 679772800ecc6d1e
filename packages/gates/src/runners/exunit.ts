import { insertAfter, notRun, sum, testsFailed, word, type TestRunner } from './test-runner.js'

const program = word('mix test')

/** ExUnit (1.14, recorded output). Every test has the tag `test`, so excluding it loads all tests and runs none. */
export const exunit: TestRunner = {
  name: 'mix test',
  startedBy: (command) => command.search(program) !== -1,
  listing: (command) => insertAfter(command, program, '--exclude test'),
  count({ output }) {
    if (/^There are no tests to run$/m.test(output)) return 0
    return sum(output, /^(?:\d+ \w+, )*(\d+) tests?, \d+ failures?/gm)
  },
  judge({ output }) {
    if (/^== Compilation error in file |^\*\* \((?:Compile|Syntax|TokenMissing)Error\)/m.test(output)) {
      return notRun('the project or its tests did not compile')
    }
    const failed = sum(output, /^(?:\d+ \w+, )*\d+ tests?, (\d+) failures?/gm)
    if (failed !== null && failed > 0) return testsFailed(failed)
    return /^There are no tests to run$/m.test(output) ? notRun('no tests were found') : null
  },
}
