import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import {
  builtinGates,
  defineGate,
  gateConformance,
  type GateCommandResult,
  type GateDefinition,
  type GateFixture,
  judgeChanges,
} from '../src/index.js'

const cwd = mkdtempSync(join(tmpdir(), 'gump-builtin-'))
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

const changed = (...paths: string[]): NonNullable<GateFixture['context']> => ({
  files: paths.map((path) => ({ path, status: 'modified' })),
})
const failing =
  (output: string, exitCode = 1): NonNullable<GateFixture['shell']> =>
  () => ({ exitCode, output, excerpt: output })
const split = (tasks: unknown): NonNullable<GateFixture['context']> => ({
  step: { path: 'plan', type: 'split' },
  output: typeof tasks === 'string' ? tasks : JSON.stringify(tasks),
})

function commandGate(alias: string, missing: 'unconfigured' | 'skipped'): GateFixture[] {
  const commands = { [alias]: `run-${alias}` }
  return [
    { name: 'exit 0', commands, expected: 'pass' },
    { name: 'exit 1', commands, shell: failing('3 problems'), expected: 'fail' },
    {
      name: 'time limit',
      commands,
      shell: () => ({ exitCode: null, signal: 'SIGKILL', timedOut: true }),
      expected: 'fail',
    },
    { name: 'no command', expected: missing },
  ]
}

/** A change of these files; commands on the base print `base`. */
function changing(
  files: Readonly<Record<string, readonly [before: string | null, after: string | null]>>,
  base: Partial<GateCommandResult> = {},
): NonNullable<GateFixture['context']> {
  const texts = Object.entries(files).map(([path, [before, after]]) => ({ path, before, after }))
  return {
    change: {
      base: 'b'.repeat(40),
      texts: async () => texts,
      otherTests: async () => [],
      judge: async () => judgeChanges(texts),
      runAtBase: async () => ({
        exitCode: 0,
        signal: null,
        timedOut: false,
        durationMs: 1,
        excerpt: '',
        output: '',
        ...base,
      }),
    },
  }
}
const twoTests = "it('a', () => { expect(f(1)).toBe(1) })\nit('b', () => { expect(f(2)).toBe(2) })\n"
const tap = (...results: readonly string[]): string => `TAP version 13\n1..2\n${results.join('\n')}\n`
const results = {
  test: 'npm test',
  test_results: {
    status: 'resolved',
    command: 'vitest run --reporter=tap-flat',
    because: 'the fixture says so',
    ecosystem: 'node',
    runners: ['vitest'],
  },
} as const

const go = {
  status: 'resolved',
  command: 'go test ./...',
  because: 'go.mod is present',
  ecosystem: 'go',
  runners: ['go test'],
} as const
const fixtures: Readonly<Record<string, readonly GateFixture[]>> = {
  compile: commandGate('compile', 'unconfigured'),
  test: commandGate('test', 'unconfigured'),
  lint: [
    ...commandGate('lint', 'skipped'),
    {
      name: 'missing tool',
      commands: { lint: 'eslint .' },
      shell: failing('eslint: not found', 127),
      expected: 'skipped',
    },
  ],
  bash: [
    {
      name: 'exit 0',
      context: { argument: 'make it "${GUMP_V1}"', argumentEnv: { GUMP_V1: 'x' } },
      expected: 'pass',
    },
    { name: 'exit 2', context: { argument: 'make it' }, shell: failing('no', 2), expected: 'fail' },
    { name: 'no command', context: { argument: ' ' }, expected: 'unconfigured' },
  ],
  coverage: [
    {
      name: 'enough',
      context: { argument: 80 },
      commands: { coverage: 'c' },
      shell: () => ({ output: 'Lines : 80% ( 4/5 )\n' }),
      expected: 'pass',
    },
    {
      name: 'as text',
      context: { argument: '80' },
      commands: { coverage: 'c' },
      shell: () => ({ output: 'Lines : 81% ( 4/5 )\n' }),
      expected: 'pass',
    },
    {
      name: 'enough with a failing threshold of the tool',
      context: { argument: 80 },
      commands: { coverage: 'c' },
      shell: () => ({ exitCode: 1, output: 'Lines : 85% ( 4/5 )\n' }),
      expected: 'pass',
    },
    {
      name: 'not enough',
      context: { argument: 80 },
      commands: { coverage: 'c' },
      shell: () => ({ output: 'Lines : 79.99% ( 4/5 )\n' }),
      expected: 'fail',
    },
    {
      name: 'not measurable',
      context: { argument: 80 },
      commands: { coverage: 'c' },
      shell: () => ({ output: 'ok\n' }),
      expected: 'skipped',
    },
    {
      name: 'missing tool',
      context: { argument: 80 },
      commands: { coverage: 'c' },
      shell: failing('c: not found', 127),
      expected: 'skipped',
    },
    { name: 'no command', context: { argument: 80 }, expected: 'skipped' },
    {
      name: 'no percentage',
      context: { argument: 'many' },
      commands: { coverage: 'c' },
      expected: 'unconfigured',
    },
  ],
  schema: [
    { name: 'valid', context: split([{ name: 'a', description: 'b' }]), expected: 'pass' },
    { name: 'empty', context: split([]), expected: 'pass' },
    { name: 'no description', context: split([{ name: 'a' }]), expected: 'fail' },
    { name: 'no JSON', context: split('tasks'), expected: 'fail' },
    { name: 'no output', context: { ...split(''), output: null }, expected: 'fail' },
    { name: 'no split', expected: 'unconfigured' },
  ],
  touched: [
    {
      name: 'one of them',
      context: { ...changed('src/a.ts', 'README.md'), argument: ['docs/**', 'src/**'] },
      expected: 'pass',
    },
    { name: 'as text', context: { ...changed('src/a.ts'), argument: '*.ts' }, expected: 'pass' },
    { name: 'none of them', context: { ...changed('README.md'), argument: ['src/**'] }, expected: 'fail' },
    { name: 'nothing changed', context: { argument: ['src/**'] }, expected: 'fail' },
    { name: 'no glob', context: { ...changed('a'), argument: [] }, expected: 'unconfigured' },
  ],
  untouched: [
    {
      name: 'none of them',
      context: { ...changed('README.md'), argument: ['config/prod.yaml'] },
      expected: 'pass',
    },
    {
      name: 'one of them',
      context: { ...changed('config/prod.yaml'), argument: ['config/prod.yaml'] },
      expected: 'fail',
    },
    {
      name: 'a deleted one',
      context: { files: [{ path: 'a.lock', status: 'deleted' }], argument: ['*.lock'] },
      expected: 'fail',
    },
    { name: 'no glob', context: { argument: null }, expected: 'unconfigured' },
  ],
  tests_found: [
    {
      name: 'listed',
      commands: { tests_found: go },
      shell: () => ({ output: 'TestA\nok  \tm\t0.1s\n' }),
      expected: 'pass',
    },
    {
      name: 'listed beside a broken file',
      commands: { tests_found: go },
      shell: failing('TestA\nok  \tm\t0.1s\nFAIL\tn [build failed]\n'),
      expected: 'pass',
    },
    { name: 'a command of its own', commands: { tests_found: './any-tests' }, expected: 'pass' },
    {
      name: 'none',
      commands: { tests_found: go },
      shell: () => ({ output: '?   \tm\t[no test files]\n' }),
      expected: 'fail',
    },
    { name: 'broken', commands: { tests_found: './any-tests' }, shell: failing('no'), expected: 'fail' },
    { name: 'no command', expected: 'unconfigured' },
  ],
  judge_unchanged: [
    { name: 'only sources', context: changing({ 'src/a.js': ['1', '2'] }), expected: 'pass' },
    { name: 'no change', expected: 'pass' },
    {
      name: 'a setting of npm',
      context: changing({ '.npmrc': [null, 'script-shell=/bin/true'] }),
      expected: 'fail',
    },
    {
      name: 'tasks of Deno beside comments',
      context: changing({
        'deno.jsonc': ['{ // tasks\n"tasks": { "test": "deno test" } }', '{ "tasks": { "test": "true" } }'],
      }),
      expected: 'fail',
    },
    {
      name: 'an emptied recipe',
      context: changing({ Makefile: ['test:\n\tgo test\n', 'test:\n\ttrue\n'] }),
      expected: 'fail',
    },
  ],
  pass_to_pass: [
    {
      name: 'the same tests pass',
      commands: results,
      context: changing({ 'src/a.js': ['1', '2'] }, { output: tap('ok 1 - a', 'ok 2 - b') }),
      shell: () => ({ output: tap('ok 1 - a', 'ok 2 - b', 'ok 3 - c') }),
      expected: 'pass',
    },
    {
      name: 'a test is gone',
      commands: results,
      context: changing({ 'src/a.js': ['1', '2'] }, { output: tap('ok 1 - a', 'ok 2 - b') }),
      shell: () => ({ output: tap('ok 1 - a') }),
      expected: 'fail',
    },
    {
      name: 'a test fails that failed before',
      commands: results,
      context: changing({ 'src/a.js': ['1', '2'] }, { output: tap('ok 1 - a', 'not ok 2 - b') }),
      shell: () => ({ output: tap('ok 1 - a', 'not ok 2 - b') }),
      expected: 'pass',
    },
    {
      name: 'a test is skipped in the text',
      context: changing({ 'a.test.js': [twoTests, twoTests.replace("it('b'", "it.skip('b'")] }),
      expected: 'fail',
    },
    {
      name: 'no result can be read any more',
      commands: results,
      context: changing({ 'src/a.js': ['1', '2'] }, { output: tap('ok 1 - a') }),
      shell: failing('Segmentation fault', 139),
      expected: 'fail',
    },
    { name: 'no runner and no language', context: changing({ 'a.txt': ['1', '2'] }), expected: 'skipped' },
    { name: 'no change', expected: 'skipped' },
  ],
  fail_to_pass: [
    {
      name: 'a new test fails without the change',
      commands: results,
      context: changing(
        { 'a.test.js': [null, twoTests] },
        { exitCode: 1, output: tap('ok 1 - a', 'not ok 2 - b') },
      ),
      shell: () => ({ output: tap('ok 1 - a', 'ok 2 - b') }),
      expected: 'pass',
    },
    {
      name: 'new tests cannot even be loaded without it',
      commands: results,
      context: changing({ 'a.test.js': [null, twoTests] }, { exitCode: 1, output: 'Cannot find module' }),
      shell: () => ({ output: tap('ok 1 - a', 'ok 2 - b') }),
      expected: 'pass',
    },
    {
      name: 'new tests pass without it',
      commands: results,
      context: changing({ 'a.test.js': [null, twoTests] }, { output: tap('ok 1 - a', 'ok 2 - b') }),
      shell: () => ({ output: tap('ok 1 - a', 'ok 2 - b') }),
      expected: 'fail',
    },
    {
      name: 'a new test fails with it',
      commands: results,
      context: changing({ 'a.test.js': [null, twoTests] }),
      shell: () => ({ exitCode: 1, output: tap('ok 1 - a', 'not ok 2 - b') }),
      expected: 'fail',
    },
    {
      name: 'tests of a kind that cannot be read',
      commands: { test: './test.sh' },
      context: changing({ 'tests/a.sh': [null, 'check a'] }, { exitCode: 1, output: 'no' }),
      expected: 'pass',
    },
    { name: 'no test', commands: results, context: changing({ 'src/a.js': ['1', '2'] }), expected: 'fail' },
    {
      name: 'a runner that tells no tests',
      commands: { test: './test.sh' },
      context: changing({ 'a.test.js': [null, twoTests] }, { exitCode: 1, output: 'no' }),
      expected: 'pass',
    },
    { name: 'no command', context: changing({ 'a.test.js': [null, twoTests] }), expected: 'unconfigured' },
  ],
  tests_fail: [
    {
      name: 'a failing test',
      commands: { compile: 'c', test: go },
      shell: (command) => (command === 'c' ? {} : { exitCode: 1, output: '--- FAIL: TestA (0.00s)\n' }),
      expected: 'pass',
    },
    {
      name: 'a failing test without a compile command',
      commands: { test: go },
      shell: failing('--- FAIL: TestA (0.00s)\n'),
      expected: 'pass',
    },
    {
      name: 'an unknown runner',
      commands: { test: './test.sh' },
      shell: failing('oh no', 3),
      expected: 'pass',
    },
    { name: 'all pass', commands: { compile: 'c', test: go }, expected: 'fail' },
    {
      name: 'it does not compile',
      commands: { compile: 'c', test: go },
      shell: failing('--- FAIL: TestA (0.00s)\n'),
      expected: 'fail',
    },
    {
      name: 'the tests do not build',
      commands: { compile: 'c', test: go },
      shell: (command) => (command === 'c' ? {} : { exitCode: 1, output: 'FAIL\tm [build failed]\n' }),
      expected: 'fail',
    },
    {
      name: 'no such program',
      commands: { test: './test.sh' },
      shell: failing('not found', 127),
      expected: 'unconfigured',
    },
    { name: 'no command', commands: { compile: 'c' }, expected: 'unconfigured' },
  ],
}

describe('builtinGates', () => {
  it('are one file each, all in the index, under the names of their files', () => {
    const folder = fileURLToPath(new URL('../src/builtin', import.meta.url))
    const files = readdirSync(folder).map((file) => file.replace(/\.ts$/, ''))
    expect(builtinGates.map((gate) => gate.name.replaceAll('_', '-')).toSorted()).toEqual(
      files.filter((name) => name !== 'index').toSorted(),
    )
    expect(Object.keys(fixtures).toSorted()).toEqual(builtinGates.map((gate) => gate.name).toSorted())
  })

  it('are required as documented', () => {
    const optional = builtinGates.filter((gate) => !gate.required).map((gate) => gate.name)
    expect(optional.toSorted()).toEqual(['coverage', 'judge_unchanged', 'lint', 'pass_to_pass'])
  })

  for (const gate of builtinGates) {
    for (const { name, run } of gateConformance(gate, { cwd, fixtures: fixtures[gate.name] ?? [] }))
      it(name, run)
  }
})

describe('results', () => {
  const result = async (gate: string, fixture: string): Promise<unknown> => {
    const definition = builtinGates.find(({ name }) => name === gate)!
    const found = fixtures[gate]!.find(({ name }) => name === fixture)!
    const { runFixture } = await import('../src/conformance/gate-harness.js')
    return (
      await runFixture(
        { name: gate, run: async (context) => definition.run(context) },
        { cwd, fixtures: [] },
        found,
      )
    ).result
  }

  it('say what an agent can act on', async () => {
    expect(await result('test', 'exit 1')).toEqual({
      status: 'fail',
      exitCode: 1,
      error: '`run-test` exited with 1\n3 problems',
    })
    expect(await result('test', 'time limit')).toMatchObject({
      error: '`run-test` was stopped at the time limit, after 0 s, without any output',
    })
    expect(await result('schema', 'no description')).toMatchObject({
      error: 'the tasks are not valid:\n- task 1 ("a") has no description',
    })
    expect(await result('touched', 'none of them')).toMatchObject({
      error: 'no changed file matches src/**; changed: README.md',
    })
    expect(await result('untouched', 'one of them')).toMatchObject({
      error: 'files that match config/prod.yaml must stay as they are; changed: config/prod.yaml',
    })
    expect(await result('coverage', 'not enough')).toMatchObject({
      error: '79.99 % of lines are covered, and 80 % are required; add tests',
    })
    expect(await result('tests_fail', 'all pass')).toMatchObject({
      error: 'all tests pass; write a test that fails for now',
    })
    expect(await result('tests_fail', 'a failing test')).toEqual({
      status: 'pass',
      exitCode: 1,
      detail: 'go test: 1 test failed',
    })
    expect(await result('tests_fail', 'an unknown runner')).toMatchObject({
      detail: expect.stringContaining('could not be verified'),
    })
    expect(await result('tests_found', 'none')).toMatchObject({
      error: expect.stringMatching(/^the test runner finds no test\n/),
    })
  })
})

describe('gateConformance', () => {
  const fixture: readonly GateFixture[] = [
    { name: 'yes', context: { output: 'yes' }, commands: { x: 'x' }, expected: 'pass' },
    { name: 'no', context: { output: 'no' }, commands: { x: 'x' }, expected: 'fail' },
  ]
  const failures = async (gate: GateDefinition, list = fixture): Promise<string[]> => {
    const failed: string[] = []
    for (const { name, run } of gateConformance(gate, { cwd, fixtures: list })) {
      await run().catch(() => failed.push(name))
    }
    return failed
  }
  const gate: GateDefinition = {
    name: 'sample',
    summary: 'passes on yes',
    argument: 'none',
    required: true,
    run: async ({ output }) => (output === 'yes' ? { status: 'pass' } : { status: 'fail', error: 'not yes' }),
  }

  it('accepts a gate that keeps the rules', async () => {
    expect(await failures(defineGate({ ...gate }))).toEqual([])
  })

  it('finds those that do not', async () => {
    const broken = async (change: Partial<GateDefinition>): Promise<number> =>
      (await failures(defineGate({ ...gate, ...change }))).length
    expect(await failures(gate)).toHaveLength(1)
    expect(await failures(defineGate({ ...gate }), fixture.slice(0, 1))).toHaveLength(1)
    // Says nothing, passes whatever happens to its command, swallows cancellation, puts values into commands.
    expect(await broken({ run: async () => ({ status: 'fail', error: ' ' }) })).toBeGreaterThan(0)
    expect(await broken({ commandAlias: 'x' })).toBeGreaterThan(0)
    expect(
      await broken({
        run: async ({ output, shell }) => {
          await shell.run({ command: 'x' }).catch(() => undefined)
          return output === 'no' ? { status: 'fail', error: 'no' } : { status: 'pass' }
        },
      }),
    ).toBeGreaterThanOrEqual(2)
    expect(
      await broken({
        run: async ({ output, shell, files }) => {
          const { exitCode } = await shell.run({ command: `x ${files[0]?.path ?? ''}` })
          return output === 'no' || exitCode !== 0 ? { status: 'fail', error: 'no' } : { status: 'pass' }
        },
      }),
    ).toBe(1)
    expect(
      await broken({ run: async ({ files }) => ({ status: 'fail', error: files[0]?.path ?? 'x' }) }),
    ).toBeGreaterThan(0)
  })
})

describe('defineGate', () => {
  const gate: GateDefinition = {
    name: 'x',
    summary: 's',
    argument: 'none',
    required: true,
    run: async () => ({ status: 'pass' }),
  }

  it('returns the same object, frozen', () => {
    const own = { ...gate, name: 'no-todo' }
    expect(defineGate(own)).toBe(own)
    expect(Object.isFrozen(own)).toBe(true)
  })

  it.each(['', 'No', 'a b', '-a', 'a--b', 'a/b', 'é', 'validate', 'blast_radius', 'name', 'timeout'])(
    'refuses the name %j',
    (name) => {
      expect(() => defineGate({ ...gate, name })).toThrowError(expect.objectContaining({ code: 'GUMP-R010' }))
    },
  )
})
