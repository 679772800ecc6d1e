import { insertAfter, word } from '../runners/test-runner.js'
import { readGo, readJest, readRspec } from './json-reports.js'
import { collectResults, type TestReport, type TestStatus } from './test-results.js'
import { junitReports } from './junit-xml.js'
import { readTap } from './tap.js'

const jest = word('jest|(?:react-scripts|craco) test')
const mocha = word('_?mocha')
const vitest = word('vitest(?: (?:run|watch|dev))?')
const pytest = word('pytest|py\\.test')
const unittest = word('python[\\d.]* -m unittest')
const goTest = word('go test')
const cargoTest = word('cargo(?: \\+\\S+)? (?:test|t)')
const nextest = word('cargo nextest run')
const rspec = word('rspec')
const phpunit = word('phpunit')
const nodeTest = /(?<![\w./@-])(?:[\w./@-]*\/)?(?:node|tsx)(?![\w./@-])[^;&|\n]*?\s--test(?![\w-])[^;&|\n]*/g

const withoutReporters = (command: string): string =>
  command.replaceAll(/\s--(?:test-)?reporter(?:s|-destination)?(?:=|\s+)(?:'[^']*'|"[^"]*"|[^\s-]\S*)/g, '')

const replacing = (program: RegExp, args: string) => (command: string) =>
  command.search(program) === -1 ? null : insertAfter(withoutReporters(command), program, args)

/** Output lines with the name and the word of a result. */
function lines(
  pattern: RegExp,
  status: (word: string) => TestStatus | null,
): (output: string) => ReturnType<TestReport['read']> {
  return (output) => {
    const found = [...output.matchAll(pattern)].flatMap(({ groups }) => {
      const result = status(groups?.['word'] ?? '')
      return result === null ? [] : [[(groups?.['name'] ?? '').trim(), result] as const]
    })
    return found.length === 0 ? null : collectResults(found)
  }
}

const words =
  (passed: RegExp, failed: RegExp) =>
  (word: string): TestStatus =>
    passed.test(word) ? 'passed' : failed.test(word) ? 'failed' : 'skipped'

/** Test runners that can tell the result of each test, by the name they have among the runners. */
export const testReports: readonly TestReport[] = [
  {
    runner: 'vitest',
    reporting: (command) =>
      command.search(vitest) === -1
        ? null
        : withoutReporters(command).replace(
            vitest,
            (found) => `${found.replace(/(vitest)(?: \w+)?$/, '$1 run')} --reporter=tap-flat`,
          ),
    read: (output) => readTap(output),
  },
  { runner: 'jest', reporting: replacing(jest, '--json --silent'), read: readJest },
  { runner: 'mocha', reporting: replacing(mocha, '--reporter tap'), read: (output) => readTap(output) },
  {
    runner: 'node --test',
    reporting: (command) =>
      command.search(nodeTest) === -1
        ? null
        : command.replace(nodeTest, (part) =>
            withoutReporters(part).replace(
              /\s--test(?![\w-])/,
              ' --test --test-reporter=tap --test-reporter-destination=stdout',
            ),
          ),
    read: (output) => readTap(output, { nested: true }),
  },
  {
    runner: 'pytest',
    reporting: replacing(pytest, '-rpfEsxX --color=no'),
    read: lines(
      /^(?<word>PASSED|FAILED|ERROR|XFAIL|XPASS) (?<name>\S+?\.py(?:::[^\n]*?)?)(?: - [^\n]*)?$/gm,
      words(/^PASSED$/, /^(?:FAILED|ERROR)$/),
    ),
  },
  {
    runner: 'unittest',
    reporting: replacing(unittest, '-v'),
    read: lines(
      /^(?<name>\w+ \([\w.]+\))(?:\n(?!\w+ \([\w.]+\))[^\n]*)? \.\.\. (?:[^\n]*?)(?<word>ok|FAIL|ERROR|skipped|expected failure|unexpected success)\b/gm,
      words(/^ok$/, /^(?:FAIL|ERROR|unexpected success)$/),
    ),
  },
  { runner: 'go test', reporting: replacing(goTest, '-json'), read: readGo },
  {
    runner: 'cargo test',
    reporting: (command) =>
      command.search(nextest) !== -1
        ? insertAfter(command, nextest, '--color never --no-fail-fast --status-level all')
        : command.search(cargoTest) === -1
          ? null
          : insertAfter(
              command.replaceAll(/\s(?:-q|--quiet)(?=\s|$)/g, ''),
              cargoTest,
              '--no-fail-fast --color never',
            ),
    read: (output) =>
      lines(
        /^test (?<name>.+?) (?:- should panic )?\.\.\. (?<word>ok|FAILED|ignored)\b/gm,
        words(/^ok$/, /^FAILED$/),
      )(output) ??
      lines(
        /^\s+(?<word>PASS|FAIL|SKIP) \[[^\]]*\]\s+(?:\([^)]*\) )?(?<name>.+)$/gm,
        words(/^PASS$/, /^FAIL$/),
      )(output),
  },
  { runner: 'rspec', reporting: replacing(rspec, '--format json'), read: readRspec },
  { runner: 'phpunit', reporting: replacing(phpunit, '--teamcity'), read: readTeamCity },
  ...junitReports,
]

/** PHPUnit's `--teamcity`: every test is started and finished, and fails or is ignored in between. */
function readTeamCity(output: string): ReturnType<TestReport['read']> {
  const open = new Map<string, TestStatus>()
  const found: (readonly [string, TestStatus])[] = []
  let location = ''
  for (const [, event, attributes = ''] of output.matchAll(
    /^##teamcity\[test(Started|Failed|Ignored|Finished) (.*)\]$/gm,
  )) {
    const name = /\bname='((?:\|.|[^'|])*)'/.exec(attributes)?.[1] ?? ''
    if (event === 'Started') {
      location = /::\\?([^']*)'/.exec(/locationHint='[^']*'/.exec(attributes)?.[0] ?? '')?.[1] ?? name
      open.set(name, 'passed')
    } else if (event === 'Failed') open.set(name, 'failed')
    else if (event === 'Ignored') open.set(name, 'skipped')
    else found.push([location.endsWith(name) ? location : `${location} ${name}`, open.get(name) ?? 'passed'])
  }
  return found.length === 0 ? null : collectResults(found)
}
