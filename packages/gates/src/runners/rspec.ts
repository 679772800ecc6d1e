import { insertAfter, notRun, sum, testsFailed, word, type TestRunner } from './test-runner.js'

const program = word('rspec')

/** RSpec (3.12, recorded output). `--dry-run` reports every example as passing without running it. */
export const rspec: TestRunner = {
  name: 'rspec',
  startedBy: (command) => command.search(program) !== -1,
  listing: (command) => insertAfter(command, program, '--dry-run'),
  count: ({ output }) => sum(output, /^(\d+) examples?, \d+ failures?/gm),
  judge({ output }) {
    const outside = sum(output, /, (\d+) errors? occurred outside of examples$/gm) ?? 0
    if (outside > 0) return notRun(`${String(outside)} spec file(s) could not be loaded`)
    const failed = sum(output, /^\d+ examples?, (\d+) failures?/gm)
    if (failed !== null && failed > 0) return testsFailed(failed)
    return failed === 0 && /^No examples found\.$/m.test(output) ? notRun('no tests were found') : null
  },
}
