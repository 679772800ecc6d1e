import { insertAfter, notRun, occurrences, sum, testsFailed, word, type TestRunner } from './test-runner.js'

const program = word('tap(?: run)?')

/** node-tap (21, recorded output). `tap list` prints the test files. */
export const tap: TestRunner = {
  name: 'tap',
  startedBy: (command) => command.search(program) !== -1,
  listing: (command) =>
    insertAfter(
      command.replace(program, (found) => found.replace(/ run$/, '')),
      program,
      'list',
    ),
  count({ output }) {
    if (/^No files found\.$|No valid test files found/m.test(output)) return 0
    const files = occurrences(output, /^[^\s#:]\S*\.[cm]?[jt]sx?$/gm)
    return files > 0 ? files : null
  },
  judge({ output }) {
    if (/^No (?:valid )?test files found/m.test(output)) return notRun('no tests were found')
    const unloaded = occurrences(output, /^\s+1\.\.0 # no tests found$/gm)
    if (unloaded > 0) return notRun(`${String(unloaded)} test file(s) could not be loaded`)
    const failed = sum(output, /^# \{ total: \d+,.* fail: (\d+)/gm) ?? sum(output, /^# failed (\d+)/gm)
    return failed !== null && failed > 0 ? testsFailed(failed) : null
  },
}
