import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lostTests } from '../src/results/lost-tests.js'
import { readResults } from '../src/results/read-results.js'
import { testReports } from '../src/results/reports.js'

const recorded = (name: string): string =>
  readFileSync(join(import.meta.dirname, 'fixtures/results', `${name}.txt`), 'utf8')

/** What the recorded projects hold: a test that passes, one that fails, one that is skipped, and more. */
const expected: Readonly<Record<string, Readonly<Record<string, 'passed' | 'failed' | 'skipped'>>>> = {
  vitest: {
    'vt/a.test.js > sum > adds': 'passed',
    'vt/a.test.js > sum > fails # hard': 'failed',
    'vt/a.test.js > sum > skipped': 'skipped',
    'vt/a.test.js > sum > later': 'skipped',
    'vt/a.test.js > at the top': 'passed',
  },
  jest: {
    '/repo/jt/a.test.cjs > sum > adds': 'passed',
    '/repo/jt/a.test.cjs > sum > fails': 'failed',
    '/repo/jt/a.test.cjs > sum > skipped': 'skipped',
    '/repo/jt/a.test.cjs > sum > later': 'skipped',
    '/repo/jt/a.test.cjs > at the top': 'passed',
    '/repo/jt/broken.test.cjs': 'failed',
  },
  mocha: {
    'at the top': 'passed',
    'sum adds': 'passed',
    'sum fails': 'failed',
    'sum skipped': 'skipped',
    'sum later': 'skipped',
  },
  'node --test': {
    'sum > adds': 'passed',
    'sum > fails': 'failed',
    'sum > skipped': 'skipped',
    'sum > later': 'skipped',
    'at the top > inner': 'passed',
    plain: 'passed',
  },
  pytest: {
    'test_a.py::test_adds': 'passed',
    'test_a.py::test_table[1]': 'passed',
    'test_a.py::test_table[2]': 'passed',
    'test_a.py::TestGroup::test_in_group': 'passed',
    'test_a.py::test_fails': 'failed',
    'test_a.py::test_xfail': 'skipped',
  },
  unittest: {
    'test_adds (test_b.TestSum.test_adds)': 'passed',
    'test_fails (test_b.TestSum.test_fails)': 'failed',
    'test_skipped (test_b.TestSum.test_skipped)': 'skipped',
  },
  'go test': {
    'example.com/m > TestAdds': 'passed',
    'example.com/m > TestFails': 'failed',
    'example.com/m > TestSkipped': 'skipped',
    'example.com/m > TestTable/one': 'passed',
    'example.com/m > TestTable/two_words': 'passed',
    'example.com/m > TestTable': 'passed',
  },
  'cargo test': {
    'tests::adds': 'passed',
    'tests::panics': 'passed',
    'tests::fails': 'failed',
    'tests::skipped': 'skipped',
    'src/lib.rs - one (line 1)': 'passed',
  },
  rspec: {
    './spec/a_spec.rb > sum adds': 'passed',
    './spec/a_spec.rb > sum fails': 'failed',
    './spec/a_spec.rb > sum skipped': 'skipped',
    './spec/a_spec.rb > sum is pending': 'skipped',
  },
  maven: {
    'shop.TotalTest::adds': 'passed',
    'shop.TotalTest::fails "hard"': 'failed',
    'shop.TotalTest::skipped': 'skipped',
  },
  gradle: {
    'shop.TotalTest::adds()': 'passed',
    'shop.TotalTest::fails()': 'failed',
    'shop.TotalTest::skipped()': 'skipped',
  },
  phpunit: {
    'App\\ATest::testAdds': 'passed',
    'App\\ATest::testFails': 'failed',
    'App\\ATest::testSkipped': 'skipped',
    'App\\ATest::testTable with data set "one"': 'passed',
    'App\\ATest::testTable with data set "two"': 'passed',
  },
}

describe('results of each test, from recorded output', () => {
  it.each(testReports.map(({ runner }) => runner))('%s', (runner) => {
    const output = recorded(runner.replace(' --', '-').replace(' ', '-'))
    const results = readResults({ output, timedOut: false }, [runner])
    expect(Object.fromEntries(results ?? [])).toEqual(expected[runner])
  })

  it('are none where a command was stopped, or printed something else', () => {
    expect(readResults({ output: recorded('vitest'), timedOut: true }, ['vitest'])).toBeNull()
    for (const { runner } of testReports)
      expect(readResults({ output: 'Segmentation fault\n', timedOut: false }, [runner])).toBeNull()
  })
})

it('the reports of Maven are those that the command has written, printed behind its output', () => {
  const dir = mkdtempSync(join(tmpdir(), 'gump-junit-'))
  const reports = join(dir, 'core/target/surefire-reports')
  mkdirSync(reports, { recursive: true })
  writeFileSync(join(reports, 'TEST-shop.OldTest.xml'), '<testcase name="old" classname="shop.OldTest"/>')
  writeFileSync(
    join(dir, 'mvnw'),
    'sleep 0.02; echo "<testcase name=\\"adds\\" classname=\\"shop.NewTest\\"/>" > core/target/surefire-reports/TEST-shop.NewTest.xml; exit 3',
  )
  const command = testReports.find(({ runner }) => runner === 'maven')?.reporting('sh ./mvnw -B test') ?? ''
  const { status, stdout } = spawnSync('bash', ['-c', command], { cwd: dir, encoding: 'utf8' })
  rmSync(dir, { recursive: true })
  expect(status).toBe(3)
  expect([...(readResults({ output: stdout, timedOut: false }, ['maven']) ?? [])]).toEqual([
    ['shop.NewTest::adds', 'passed'],
  ])
})

describe('the command that reports each test', () => {
  it.each([
    ['vitest', 'vitest --coverage', 'vitest run --reporter=tap-flat --coverage'],
    ['vitest', 'npx vitest run --reporter dot src', 'npx vitest run --reporter=tap-flat src'],
    ['jest', 'jest --ci', 'jest --json --silent --ci'],
    ['mocha', 'c8 mocha -R spec test', 'c8 mocha --reporter tap -R spec test'],
    [
      'node --test',
      'node --test-reporter spec --test test/',
      'node --test --test-reporter=tap --test-reporter-destination=stdout test/',
    ],
    ['pytest', 'uv run python -m pytest -q', 'uv run python -m pytest -rpfEsxX --color=no -q'],
    ['unittest', 'python3 -m unittest discover', 'python3 -m unittest -v discover'],
    ['go test', 'go test ./...', 'go test -json ./...'],
    ['cargo test', 'cargo test -q --workspace', 'cargo test --no-fail-fast --color never --workspace'],
    ['rspec', 'bundle exec rspec', 'bundle exec rspec --format json'],
    ['phpunit', 'vendor/bin/phpunit', 'vendor/bin/phpunit --teamcity'],
    ['jest', 'make test', null],
  ])('%s: %s', (runner, command, wanted) => {
    expect(testReports.find((report) => report.runner === runner)?.reporting(command)).toBe(wanted)
  })
})

describe('lostTests', () => {
  it('follows a test to another file, unless several bear its name', () => {
    const before = new Map([['a.js > adds', 'passed']] as const)
    expect(lostTests(before, new Map([['b.js > adds', 'passed']]))).toEqual([])
    expect(
      lostTests(
        before,
        new Map([
          ['b.js > adds', 'passed'],
          ['c.js > adds', 'passed'],
        ]),
      ),
    ).toHaveLength(1)
    expect(lostTests(before, new Map([['b.js > adds', 'failed']]))).toEqual([
      'a.js > adds: it does not exist any more',
    ])
  })

  it('says how each ended', () => {
    const before = new Map([
      ['a', 'passed'],
      ['b', 'passed'],
      ['c', 'failed'],
      ['d', 'skipped'],
    ] as const)
    expect(
      lostTests(
        before,
        new Map([
          ['a', 'skipped'],
          ['b', 'failed'],
        ]),
      ),
    ).toEqual(['a: it is skipped', 'b: it fails'])
  })
})
