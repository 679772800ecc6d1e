import { insertAfter, notRun, occurrences, sum, testsFailed, word, type TestRunner } from './test-runner.js'

const program = word('pytest|py\\.test')

/** pytest (9.0, recorded output). */
export const pytest: TestRunner = {
  name: 'pytest',
  startedBy: (command) => command.search(program) !== -1,
  listing: (command) => insertAfter(command, program, '--collect-only -q'),
  count({ output }) {
    if (/^(?:=+ )?no tests collected/m.test(output)) return 0
    const collected = sum(output, /^(?:=+ )?(\d+)(?:\/\d+)? tests? collected/gm)
    if (collected !== null) return collected
    // A project whose own options say -q once more gets `path: count` lines.
    return sum(output, /^\S.*\.py: (\d+)$/gm)
  },
  judge({ output }) {
    // Exit codes would say it more shortly (2 interrupted, 4 usage, 5 nothing collected), but wrappers change them.
    const errors = occurrences(output, /^ERROR \S.*\.py(?: - .*)?$/gm)
    if (errors > 0 || / error(?:s)? during collection/.test(output)) {
      return notRun(`${String(Math.max(1, errors))} test file(s) could not be loaded`)
    }
    if (/^INTERNALERROR>/m.test(output)) return notRun('pytest itself failed')
    if (/^ERROR: (?:usage: |file or directory not found|not found:)/m.test(output)) {
      return notRun('pytest could not start as it was called')
    }
    if (/No module named ['"]?pytest/.test(output)) return notRun('pytest is not installed')
    const failed = occurrences(output, /^(?:FAILED|ERROR) \S.*::/gm)
    if (failed > 0) return testsFailed(failed)
    const summed = sum(output, /^=*\s?(?:.*, )?(\d+) failed\b.* in [\d.]+s/gm)
    if (summed !== null) return testsFailed(summed)
    return /^(?:=+ )?no tests ran /m.test(output) ? notRun('no tests were found') : null
  },
}
