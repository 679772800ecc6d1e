import { notRun, occurrences, sum, testsFailed, word, type TestRunner } from './test-runner.js'

const program = word('swift test')

/** `swift test` of the Swift package manager, with XCTest or Swift Testing. */
export const swift: TestRunner = {
  name: 'swift test',
  startedBy: (command) => command.search(program) !== -1,
  listing: (command) => command.replace(program, (found) => `${found} list`),
  count({ output, exitCode }) {
    const names = occurrences(output, /^[\w.]+\.[\w`$]+\/.+$/gm)
    return names > 0 || exitCode === 0 ? names : null
  },
  judge({ output }) {
    // Suites contain one another; the last one is all of them.
    const suites = [...output.matchAll(/^\s*Executed \d+ tests?, with (\d+) failures?/gm)]
    const failed =
      Number(suites.at(-1)?.[1] ?? 0) +
      (sum(output, /Test run with \d+ tests?.* failed .* with (\d+) issues?/gm) ?? 0)
    if (failed > 0) return testsFailed(failed)
    return /^error: (?:fatalError|emit-module command failed)/m.test(output)
      ? notRun('the package did not build')
      : null
  },
}
