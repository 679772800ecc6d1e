import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testRunners } from '../src/runners/index.js'
import { countListedTests } from '../src/verdicts/count-listed-tests.js'
import { judgeTestRun } from '../src/verdicts/judge-test-run.js'

const fixtures = fileURLToPath(new URL('./fixtures/runners', import.meta.url))

/** Folder of recordings → name of the runner. */
const names: Readonly<Record<string, string>> = {
  automake: 'make check',
  ava: 'ava',
  borp: 'borp',
  bun: 'bun test',

  cargo: 'cargo test',
  ctest: 'ctest',
  deno: 'deno test',
  dotnet: 'dotnet test',

  exunit: 'mix test',
  go: 'go test',
  gradle: 'gradle',
  jest: 'jest',
  maven: 'maven',
  meson: 'meson test',
  minitest: 'minitest',
  mocha: 'mocha',
  'node-test': 'node --test',
  phpunit: 'phpunit',
  pytest: 'pytest',
  rspec: 'rspec',
  swift: 'swift test',
  tap: 'tap',
  unittest: 'unittest',
  vitest: 'vitest',
}

type Recording = {
  readonly runner: string
  readonly name: string
  readonly exitCode: number
  readonly output: string
}

const recordings: Recording[] = Object.keys(names).flatMap((folder) =>
  readdirSync(`${fixtures}/${folder}`).map((file) => {
    const [, name = '', code = ''] = /^(.+)\.(\d+)\.txt$/.exec(file) ?? []
    const output = readFileSync(`${fixtures}/${folder}/${file}`, 'utf8')
    return { runner: folder, name, exitCode: Number(code), output }
  }),
)
const listings = recordings.filter(({ name }) => name.startsWith('list') || name === 'unknown-option')
const runs = recordings.filter(({ name }) => !listings.some((listing) => listing.name === name))

/** What each listing counts; null: it is no listing. */
const counts: Readonly<Record<string, number | null>> = {
  'ava/list': 2,
  'ava/list-empty-file': 0,
  'ava/list-none': 0,
  'borp/list': 2,
  'borp/list-empty-file': 0,
  'borp/list-none': 0,
  'bun/list': 2,
  'bun/list-none': 0,
  'cargo/list': 2,
  'cargo/list-none': 0,
  'ctest/list': 2,
  'ctest/list-none': 0,
  'deno/list': 2,
  'deno/list-empty-file': 0,
  'deno/list-none': 0,
  'dotnet/list': 2,
  'exunit/list': 2,
  'exunit/list-none': 0,
  'go/list': 2,
  'go/list-kinds': 2,
  'go/list-none': 0,
  'gradle/list': 2,
  'gradle/unknown-option': null,
  'jest/list': 1,
  'jest/list-none': 0,
  'maven/list': 2,
  'maven/list-none': 0,
  'meson/list': 2,
  'meson/list-none': 0,
  'minitest/list': 3,
  'minitest/list-load-error': null,
  'minitest/list-none': 0,
  'mocha/list': 2,
  'mocha/list-load-error': null,
  'mocha/list-none': 0,
  'node-test/list-20': 2,
  // Since Node 22 files are counted, not tests.
  'node-test/list-24': 1,
  'node-test/list-empty-file-20': 0,
  'node-test/list-empty-file-24': 0,
  'node-test/list-load-error-20': 0,
  'node-test/list-load-error-24': 0,
  'node-test/list-none-20': 0,
  'node-test/list-none-24': 0,
  'phpunit/list': 2,
  'phpunit/list-none': 0,
  'phpunit/list-syntax-error': null,
  'pytest/list': 2,
  'pytest/list-collection-error': 2,
  'pytest/list-none': 0,
  'pytest/list-qq': 2,
  'pytest/list-verbose': 2,
  'rspec/list': 2,
  'rspec/list-load-error': 0,
  'rspec/list-none': 0,
  'swift/list': 2,
  'swift/list-none': 0,
  'tap/list': 1,
  'tap/list-none': 0,
  'unittest/list': 3,
  'unittest/list-broken-file': 3,
  'unittest/list-none': 0,
  'vitest/list': 2,
  'vitest/list-broken-file': null,
  'vitest/list-empty-file': 0,
  'vitest/list-none': 0,
}

/** How many tests failed in each recorded run with a non-zero exit; null: the tests did not run. */
const failures: Readonly<Record<string, number | null>> = {
  'automake/build-error': null,
  'automake/failing': 1,
  'ava/empty-file': null,
  'ava/failing': 1,
  'ava/failing-tap': 1,
  'ava/load-error': null,
  'ava/no-tests': null,
  'borp/failing': 1,
  'borp/load-error': null,
  'bun/failing': 1,
  'bun/failing-and-broken-file': null,
  'bun/load-error': null,
  'bun/no-tests': null,
  'cargo/build-error': null,
  'cargo/failing': 1,
  'cargo/failing-no-fail-fast': 1,
  'cargo/no-manifest': null,
  'ctest/build-error': null,
  'ctest/failing': 1,
  'ctest/no-tests': null,
  'deno/failing': 1,
  'deno/load-error': null,
  'deno/no-tests': null,
  'deno/type-error': null,
  'dotnet/build-error': null,
  'dotnet/failing': 1,
  'dotnet/failing-terminal-logger': 1,
  'exunit/compile-error': null,
  'exunit/coverage': null,
  'exunit/failing': 1,
  'exunit/lib-compile-error': null,
  'go/build-failed': null,
  'go/failing': 1,
  'go/failing-and-build-failed': null,
  'go/panic': 1,
  'go/syntax-error': null,
  'gradle/compile-error': null,
  'gradle/failing': 1,
  'jest/coverage': 1,
  'jest/coverage-table': 1,
  'jest/empty-file': null,
  'jest/failing': 1,
  'jest/failing-and-broken-file': null,
  'jest/load-error': null,
  'jest/no-tests': null,
  'maven/failing': 1,
  'maven/test-compile-error': null,
  'meson/build-error': null,
  'meson/failing': 1,
  'minitest/failing': 2,
  'minitest/load-error': null,
  'mocha/failing': 1,
  'mocha/failing-dot': 1,
  'mocha/load-error': null,
  'mocha/no-tests': null,
  'node-test/coverage-20': 1,
  'node-test/coverage-24': 1,
  'node-test/coverage-spec-20': 1,
  'node-test/failing-and-broken-file-20': null,
  'node-test/failing-and-broken-file-24': null,
  'node-test/failing-and-broken-file-tap-20': null,
  'node-test/failing-and-broken-file-tap-24': null,
  'node-test/failing-spec-20': 1,
  'node-test/failing-spec-24': 1,
  'node-test/failing-tap-20': 1,
  'node-test/failing-tap-24': 1,
  'node-test/load-error-spec-20': null,
  'node-test/load-error-spec-24': null,
  'node-test/load-error-tap-20': null,
  'node-test/load-error-tap-24': null,
  'node-test/no-such-file': null,
  'phpunit/errors': 1,
  'phpunit/failing': 1,
  'phpunit/load-error': null,
  'phpunit/syntax-error': null,
  'pytest/collection-error': null,
  'pytest/failing': 1,
  'pytest/failing-and-broken-file': null,
  'pytest/failing-quiet': 1,
  'pytest/failing-very-quiet': 1,
  'pytest/fixture-error': 1,
  'pytest/no-tests': null,
  'pytest/not-installed': null,
  'pytest/syntax-error': null,
  'pytest/usage-error': null,
  'rspec/failing': 1,
  'rspec/load-error': null,
  'swift/build-error': null,
  'swift/failing': 1,
  'tap/failing': 1,
  'tap/load-error': null,
  'tap/no-tests': null,
  'unittest/failing': 2,
  'unittest/failing-and-broken-file': null,
  'unittest/load-error': null,
  'vitest/empty-file': null,
  'vitest/failing': 1,
  'vitest/failing-and-broken-file': null,
  'vitest/failing-verbose': 1,
  'vitest/load-error': null,
  'vitest/no-tests': null,
  'vitest/syntax-error': null,
  'vitest/unhandled-error': null,
}

describe('test runners', () => {
  it('are all recorded, and every recording has an expectation', () => {
    expect(testRunners.map((runner) => runner.name).toSorted()).toEqual(Object.values(names).toSorted())
    expect(listings.map(({ runner, name }) => `${runner}/${name}`).toSorted()).toEqual(
      Object.keys(counts).toSorted(),
    )
    const failed = runs.filter(({ exitCode }) => exitCode !== 0)
    expect(failed.map(({ runner, name }) => `${runner}/${name}`).toSorted()).toEqual(
      Object.keys(failures).toSorted(),
    )
  })

  it.each(listings)('counts what $runner/$name lists', ({ runner, name, exitCode, output }) => {
    expect(countListedTests({ exitCode, output }, [names[runner]!])).toBe(counts[`${runner}/${name}`])
  })

  it.each(runs)('judges $runner/$name', ({ runner, name, exitCode, output }) => {
    const judgement = judgeTestRun({ exitCode, signal: null, timedOut: false, output }, [names[runner]!])
    const failed = failures[`${runner}/${name}`]
    if (exitCode === 0) expect(judgement.kind).toBe('passed')
    else if (failed === null) expect(judgement.kind).toBe('not_run')
    else {
      const noun = failed === 1 ? 'test' : 'tests'
      expect(judgement).toEqual({
        kind: 'tests_failed',
        detail: `${names[runner]}: ${failed} ${noun} failed`,
      })
    }
  })

  it.each(runs.filter(({ runner, name }) => typeof failures[`${runner}/${name}`] === 'number'))(
    'recognises $runner/$name behind a command that names no runner',
    ({ exitCode, output }) => {
      expect(judgeTestRun({ exitCode, signal: null, timedOut: false, output }).kind).toBe('tests_failed')
    },
  )

  it.each(
    runs.filter(
      ({ runner, name }) =>
        failures[`${runner}/${name}`] === null &&
        // Nothing in these says that they come from a test runner.
        !['cargo/no-manifest', 'exunit/coverage', 'minitest/load-error'].includes(`${runner}/${name}`),
    ),
  )('does not take $runner/$name for failing tests behind such a command', ({ exitCode, output }) => {
    const kind = judgeTestRun({ exitCode, signal: null, timedOut: false, output }).kind
    expect(kind).toBe('not_run')
  })

  it('are found in shell text', () => {
    const starts = (command: string): string[] =>
      testRunners.filter((runner) => runner.startedBy(command)).map((runner) => runner.name)
    expect(starts('vitest run')).toEqual(['vitest'])
    expect(starts('npx vitest')).toEqual(['vitest'])
    expect(starts('./node_modules/.bin/jest --ci && eslint .')).toEqual(['jest'])
    expect(starts('NODE_ENV=test node --import tsx --test "src/**/*.test.ts"')).toEqual(['node --test'])
    expect(starts('c8 mocha -r ts-node/register')).toEqual(['mocha'])
    expect(starts('cd api && go test -race ./... | tee log')).toEqual(['go test'])
    expect(starts('poetry run python -m pytest -x')).toEqual(['pytest'])
    expect(starts('python3 -m unittest discover -s tests')).toEqual(['unittest'])
    expect(starts('cargo +nightly test --workspace')).toEqual(['cargo test'])
    expect(starts('sh ./gradlew --console=plain test')).toEqual(['gradle'])
    expect(starts('bundle exec rake test')).toEqual(['minitest'])
    expect(starts('vendor/bin/phpunit')).toEqual(['phpunit'])
    expect(starts('tsc -p tsconfig.jest.json && echo vitest.config.ts my-mocha-tool')).toEqual([])
    expect(starts('node build.js --testing')).toEqual([])
    expect(starts('gradle assemble')).toEqual([])
  })

  it('list by changing just their own part of the shell text', () => {
    const listing = (command: string): string | null =>
      testRunners.find((runner) => runner.startedBy(command))?.listing(command) ?? null
    expect(listing('tsc && vitest run --config a.ts')).toBe('tsc && vitest list --config a.ts')
    expect(listing('npx vitest')).toBe('npx vitest list')
    expect(listing('jest --ci | cat')).toBe('jest --listTests --ci | cat')
    expect(listing('cd x && go test -race ./...')).toBe('cd x && go test -list . -race ./...')
    expect(listing('cargo test --workspace && echo ok')).toBe('cargo test --workspace -- --list && echo ok')
    expect(listing('cargo test -- --nocapture')).toBe('cargo test -- --list --nocapture')
    expect(listing('python -m pytest -x')).toBe('python -m pytest --collect-only -q -x')
    expect(listing('node --test --test-reporter=spec --test-name-pattern "a b" x/')).toBe(
      "node --test --test-reporter=tap --test-reporter-destination=stdout --test-name-pattern='^gump-lists-tests$' x/",
    )
    expect(listing('mvn -B test')).toBe('mvn -Djunit.platform.execution.dryRun.enabled=true -B test')
    expect(listing('gradle --console=plain test')).toMatch(
      /^gradle --console=plain test --test-dry-run && echo "discovered /,
    )
    expect(listing('bundle exec rake test')).toMatch(/^bundle exec ruby -Ilib -Itest -Ispec -e '/)
    expect(listing('mix test')).toBe('mix test --exclude test')
  })

  it('never throw, and never take long, whatever is printed', () => {
    const words = [
      'FAIL',
      'Tests',
      ' 1 failed',
      '\n',
      '\t',
      '# fail 1',
      'ok 1 - ',
      '[build failed]',
      '--- FAIL: ',
      '1..0',
      'Tests run: 1, ',
      '✖ ',
    ]
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...words), fc.string()), { maxLength: 50 }),
        fc.integer({ min: 0, max: 255 }),
        (parts, exitCode) => {
          const output = parts.join('')
          judgeTestRun({ exitCode, signal: null, timedOut: false, output })
          countListedTests({ exitCode, output })
        },
      ),
    )
    const started = performance.now()
    for (const line of [
      'a'.repeat(500_000),
      ' '.repeat(500_000),
      '1, '.repeat(100_000),
      'x > '.repeat(100_000),
      'ERROR \t'.repeat(80_000),
      '1 tests, '.repeat(50_000),
    ]) {
      judgeTestRun({ exitCode: 1, signal: null, timedOut: false, output: line })
      countListedTests({ exitCode: 1, output: line })
    }
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})

describe('judgeTestRun', () => {
  const base = { exitCode: 1, signal: null, timedOut: false, output: '' }

  it('takes an unknown failure for failing tests, and says that it could not be verified', () => {
    const judgement = judgeTestRun({ ...base, exitCode: 3, output: 'custom: 2 broken' })
    expect(judgement).toMatchObject({
      kind: 'unverified',
      detail: expect.stringContaining('could not be verified'),
    })
  })

  it.each([126, 127, 130, 137, 143])('takes exit %i for no test run', (exitCode) => {
    expect(judgeTestRun({ ...base, exitCode }).kind).toBe('not_run')
  })

  it('takes signals and time limits for no test run', () => {
    expect(judgeTestRun({ ...base, exitCode: null, signal: 'SIGSEGV' })).toEqual({
      kind: 'not_run',
      reason: 'the test command was ended by SIGSEGV',
    })
    const hung = { ...base, timedOut: true, silentMs: 300_000, output: '--- FAIL: TestX (0.00s)' }
    expect(judgeTestRun(hung)).toEqual({
      kind: 'stopped',
      reason: 'the test command reported 1 failed tests, then printed nothing for 5 min, and was stopped',
    })
  })

  it('wants a sign of a known runner', () => {
    expect(judgeTestRun({ ...base, output: 'src/a.ts(1,1): error TS2304' }, ['vitest']).kind).toBe('not_run')
  })

  it('believes no runner that could not start its files, even when another has failing tests', () => {
    const output = '  1 failing\n\nTest Suites: 1 failed\n  ● Test suite failed to run\n'
    expect(judgeTestRun({ ...base, output }, ['mocha', 'jest']).kind).toBe('not_run')
  })
})
