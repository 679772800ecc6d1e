import { notRun, sum, testsFailed, word, type TestRunner } from './test-runner.js'

const program = word('cargo(?: \\+\\S+)? (?:test|t)')

/** `cargo test` (Rust 1.95, recorded output). `-- --list` builds the test binaries and prints names. */
export const cargo: TestRunner = {
  name: 'cargo test',
  startedBy: (command) => command.search(program) !== -1,
  listing: (command) =>
    command.replace(new RegExp(`${program.source}[^;&|\\n]*`, 'g'), (part) =>
      / -- /.test(`${part} `)
        ? part.replace(/ --(?= |$)/, ' -- --list')
        : `${part.trimEnd()} -- --list${endBlank(part)}`,
    ),
  count: ({ output }) => sum(output, /^(\d+) tests?, \d+ benchmarks?$/gm),
  judge({ output }) {
    if (/^error: could not compile |^error\[E\d+\]/m.test(output)) return notRun('the crate did not build')
    if (/^test result: FAILED\./m.test(output)) {
      return testsFailed(sum(output, /^test result: FAILED\..*?(\d+) failed/gm))
    }
    return /^error: (?:could not find `Cargo\.toml`|no matching package|failed to )/m.test(output)
      ? notRun('cargo could not start the tests')
      : null
  },
}

function endBlank(part: string): string {
  return part.endsWith(' ') ? ' ' : ''
}
