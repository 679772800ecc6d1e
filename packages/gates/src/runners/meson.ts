import { notRun, occurrences, sum, testsFailed, word, type TestRunner } from './test-runner.js'

const program = word('meson test')

/** `meson test` (1.0, recorded output). `--list` names the tests and runs none. */
export const meson: TestRunner = {
  name: 'meson test',
  startedBy: (command) => command.search(program) !== -1,
  listing: (command) =>
    command.replace(program, (found) => `echo "tests that meson lists:" && ${found} --list`),
  count({ output, exitCode }) {
    const at = output.indexOf('tests that meson lists:')
    if (at === -1) return null
    if (/^No tests defined\.$/m.test(output)) return 0
    const names = occurrences(
      output.slice(at),
      /^(?!tests that meson|ninja: |\[\d+\/\d+\]|No suitable|WARNING|INFO|No tests)\S.*$/gm,
    )
    return names > 0 || exitCode === 0 ? names : null
  },
  judge({ output }) {
    const failed = (sum(output, /^Fail:\s+(\d+)\s*$/gm) ?? 0) + (sum(output, /^Timeout:\s+(\d+)\s*$/gm) ?? 0)
    if (failed > 0) return testsFailed(failed)
    return /^(?:ninja: build stopped|FAILED: |.*meson\.build:\d+:\d+: ERROR)/m.test(output)
      ? notRun('the project did not build')
      : null
  },
}
