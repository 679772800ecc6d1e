import { nodeTest } from './node-test.js'
import { insertAfter, sum, word, type TestRunner } from './test-runner.js'

const program = word('borp')

/** borp (1.3, recorded output), which runs `node:test` files. It cannot list; its TAP counts what it ran. */
export const borp: TestRunner = {
  name: 'borp',
  startedBy: (command) => command.search(program) !== -1,
  listing: (command) =>
    insertAfter(command.replace(/ (?:-r|--reporter)[= ]\S+/g, ''), program, '--reporter tap'),
  count({ output }) {
    const tests = sum(output, /^# tests (\d+)$/gm)
    if (tests === null) return null
    // A file without tests counts as one that passes, under its own name.
    const empty = [...output.matchAll(/^ok \d+ - \S+\.[cm]?[jt]sx?(?: # .*)?$/gm)].length
    return Math.max(0, tests - empty)
  },
  judge: (run) => nodeTest.judge(run),
}
