import { insertAfter, notRun, sum, testsFailed, word, type TestRunner } from './test-runner.js'

const program = word('deno test')

/** `deno test`. It has no listing; with a filter that nothing matches it says how many tests it filtered out. */
export const deno: TestRunner = {
  name: 'deno test',
  startedBy: (command) => command.search(program) !== -1,
  listing: (command) => insertAfter(command, program, "--filter '/^gump-lists-tests$/'"),
  count({ output }) {
    if (/^error: No test modules found/m.test(output)) return 0
    return (
      sum(output, /^(?:ok|FAILED) \| .*?(\d+) filtered out/gm) ?? (/^ok \| 0 passed/m.test(output) ? 0 : null)
    )
  },
  judge({ output }) {
    if (/^error: No test modules found/m.test(output)) return notRun('no tests were found')
    if (
      /^(?:TS\d+ \[ERROR\]|error: (?:Type checking failed|Module not found|The module's source code))/m.test(
        output,
      )
    )
      return notRun('the project did not compile')
    const failed = sum(output, /^FAILED \| .*?(\d+) failed/gm)
    return failed !== null && failed > 0 ? testsFailed(failed) : null
  },
}
