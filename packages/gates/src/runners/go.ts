import { plural } from '@gump/errors'
import { insertAfter, notRun, occurrences, testsFailed, word, type TestRunner } from './test-runner.js'

const program = word('go test')

/** `go test` (Go 1.19, recorded output). `-list` builds the test binaries and prints names without running them. */
export const go: TestRunner = {
  name: 'go test',
  startedBy: (command) => command.search(program) !== -1,
  listing: (command) => insertAfter(command, program, '-list .'),
  count({ output }) {
    const names = occurrences(output, /^(?:Test|Fuzz|Example)\S*$/gm)
    const isGo = /^(?:ok|\?|FAIL)\s+\S/m.test(output)
    return names > 0 || isGo ? names : null
  },
  judge({ output }) {
    const broken = occurrences(output, /^FAIL\s+\S+ \[(?:build|setup) failed\]$/gm)
    if (broken > 0) return notRun(`${plural(broken, 'package')} did not build`)
    const failed = occurrences(output, /^--- FAIL: /gm)
    if (failed > 0) return testsFailed(failed)
    if (/^FAIL\s+\S+\s+[\d.]+s$/m.test(output)) return notRun('a test binary stopped outside of a test')
    return null
  },
}
