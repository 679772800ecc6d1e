import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createProcessRunner, environmentFor, findOnPath } from '@gump/process'
import { afterAll, describe, expect, it } from 'vitest'
import {
  builtinGates,
  createCommandResolver,
  createGateShell,
  diskFiles,
  type GateFile,
  type GateResult,
} from '../src/index.js'
import { packageJson } from './project.js'

// Real projects, real tools: what the gates say about them from resolution to verdict.

const runner = createProcessRunner({ env: process.env })
const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

const works = (file: string, ...args: string[]): boolean =>
  spawnSync(file, args, { stdio: 'ignore' }).status === 0
const python = works('python3', '--version')
const pytest = python && works('python3', '-c', 'import pytest')
const cargo = works('cargo', '--version')
const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url))

type Files = Readonly<Record<string, string>>

interface Options {
  readonly changed?: readonly string[]
  readonly argument?: number
  readonly overrides?: Readonly<Record<string, string>>
}

function projectFolder(files: Files): string {
  const root = mkdtempSync(join(tmpdir(), 'gump-real-'))
  folders.push(root)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

async function gate(name: string, root: string, options: Options = {}): Promise<GateResult> {
  const { NODE_ENV: _, VITEST: __, NODE_OPTIONS: ___, ...ambient } = process.env
  const env = {
    ...environmentFor('gate', ambient),
    CARGO_TARGET_DIR: join(root, 'target'),
    CARGO_NET_OFFLINE: 'true',
    PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1',
  }
  const signal = new AbortController().signal
  const logs = mkdtempSync(join(tmpdir(), 'gump-real-log-'))
  folders.push(logs)
  const changed = options.changed ?? []
  return builtinGates
    .find((definition) => definition.name === name)!
    .run({
      cwd: root,
      gate: name,
      argument: options.argument ?? null,
      argumentEnv: {},
      step: { path: 'impl', type: 'code' },
      files: changed.map((path): GateFile => ({ path, status: 'modified' })),
      change: null,
      output: null,
      shell: createGateShell({
        runner,
        container: `real-${process.pid}-${folders.length}`,
        cwd: root,
        env,
        logFile: join(logs, 'log'),
        signal,
      }),
      commands: createCommandResolver({
        files: diskFiles(root),
        overrides: options.overrides ?? {},
        findProgram: (program) => findOnPath(program, process.env),
        changedFiles: changed,
      }),
      signal,
    })
}

const good = 'exports.add = (a, b) => a + b\n'
const passingTest =
  "const test = require('node:test'); const assert = require('node:assert'); const { add } = require('../m.js')\ntest('adds', () => assert.equal(add(1, 2), 3))\n"
const failingTest = passingTest.replace(', 3)', ', 4)')

describe('Node', () => {
  const scripts = { 'package.json': packageJson({ test: 'node --test test/' }), 'm.js': good }

  it('passing tests', async () => {
    const root = projectFolder({ ...scripts, 'test/m.test.js': passingTest })
    expect(await gate('test', root)).toMatchObject({ status: 'pass', exitCode: 0 })
    expect(await gate('tests_found', root)).toMatchObject({
      status: 'pass',
      detail: expect.stringMatching(/^1 found with /),
    })
    expect(await gate('tests_fail', root)).toMatchObject({
      status: 'fail',
      error: 'all tests pass; write a test that fails for now',
    })
  })

  it('a failing test', async () => {
    const root = projectFolder({ ...scripts, 'test/m.test.js': failingTest })
    expect(await gate('test', root)).toMatchObject({
      status: 'fail',
      error: expect.stringMatching(/^`npm test` exited with 1\n[^]*adds/),
    })
    expect(await gate('tests_fail', root)).toMatchObject({
      status: 'pass',
      detail: 'node --test: 1 test failed',
    })
    expect(await gate('tests_found', root)).toMatchObject({ status: 'pass' })
  })

  it('a test file that cannot be loaded', async () => {
    const root = projectFolder({ ...scripts, 'test/m.test.js': "require('./missing.js')\n" })
    expect(await gate('tests_fail', root)).toMatchObject({
      status: 'fail',
      error: expect.stringMatching(/^no test failed: node --test: 1 test file/),
    })
    expect(await gate('tests_found', root)).toMatchObject({ status: 'fail' })
  })

  it('a test file without a test', async () => {
    const root = projectFolder({ ...scripts, 'test/m.test.js': "console.log('ok 1 - fine')\n" })
    expect(await gate('tests_found', root)).toMatchObject({
      status: 'fail',
      error: expect.stringContaining('the test runner finds no test'),
    })
  })

  it('"no test specified"', async () => {
    const root = projectFolder({
      'package.json': packageJson({ test: 'echo "Error: no test specified" && exit 1' }),
    })
    for (const name of ['test', 'tests_found', 'tests_fail']) {
      expect(await gate(name, root)).toMatchObject({
        status: 'unconfigured',
        remedy: expect.stringContaining('under [gates] in gump.toml'),
      })
    }
  })

  it('coverage', async () => {
    const root = projectFolder({ ...scripts, 'test/m.test.js': passingTest })
    expect(await gate('coverage', root, { argument: 90 })).toMatchObject({
      status: 'pass',
      detail: '100 % of lines are covered',
    })
  })

  it('a coverage report that was there before is not believed', async () => {
    const report = JSON.stringify({ total: { lines: { pct: 100 } } })
    const files = {
      'package.json': packageJson({ coverage: 'true' }),
      'coverage/coverage-summary.json': report,
    }
    expect(await gate('coverage', projectFolder(files), { argument: 50 })).toMatchObject({
      status: 'skipped',
    })
    const written = {
      'package.json': packageJson({
        coverage: `mkdir -p coverage && cp report.json coverage/coverage-summary.json`,
      }),
      'report.json': report,
    }
    expect(await gate('coverage', projectFolder(written), { argument: 50 })).toMatchObject({
      status: 'pass',
      detail: '100 % of lines are covered (coverage/coverage-summary.json)',
    })
  })

  it('syntax of changed files, whatever their names', async () => {
    const names = ['a.js', "it's $(x).mjs", '-c.cjs', 'é\nf.js']
    const module = 'export const a = 1\n'
    const files = {
      'package.json': '{}',
      'a.js': good,
      "it's $(x).mjs": module,
      '-c.cjs': good,
      'é\nf.js': module,
      'broken.js': 'x = = 1\n',
    }
    const root = projectFolder(files)
    expect(await gate('compile', root, { changed: names })).toMatchObject({
      status: 'pass',
      detail: expect.stringContaining('the syntax of 4 changed files'),
    })
    expect(await gate('compile', root, { changed: [...names, 'broken.js'] })).toMatchObject({
      status: 'fail',
      error: expect.stringMatching(/broken\.js:1[^]*SyntaxError/),
    })
    expect(await gate('compile', root)).toMatchObject({
      status: 'skipped',
      reason: expect.stringContaining('none of them is changed'),
    })
  })

  it('a thousand changed files', async () => {
    const names = Array.from({ length: 1000 }, (_, i) => `${'long'.repeat(30)}-${i}.py`)
    const root = projectFolder({
      'requirements.txt': '',
      ...Object.fromEntries(names.map((name) => [name, 'a = 1\n'])),
    })
    expect(await gate('compile', root, { changed: names })).toMatchObject({
      status: python ? 'pass' : 'unconfigured',
    })
  })

  it('lint is skipped without its tool, and fails with it', async () => {
    const missing = projectFolder({ 'package.json': packageJson({ lint: 'gump-no-such-linter .' }) })
    expect(await gate('lint', missing)).toMatchObject({
      status: 'skipped',
      reason: expect.stringContaining('gump-no-such-linter'),
    })
    const failing = projectFolder({ 'package.json': packageJson({ lint: 'echo "2 problems"; exit 1' }) })
    expect(await gate('lint', failing)).toMatchObject({
      status: 'fail',
      error: expect.stringContaining('2 problems'),
    })
    expect(await gate('lint', projectFolder({ 'package.json': '{}' }))).toMatchObject({ status: 'skipped' })
  })
})

describe('Vitest', () => {
  it('lists and judges', async () => {
    const root = projectFolder({
      'package.json': packageJson({ test: 'vitest run' }, { type: 'module' }),
      'a.test.js': "import { expect, test } from 'vitest'\ntest('x', () => expect(1).toBe(2))\n",
    })
    symlinkSync(modules, join(root, 'node_modules'))
    expect(await gate('tests_found', root)).toMatchObject({
      status: 'pass',
      detail: expect.stringMatching(/^1 found/),
    })
    expect(await gate('tests_fail', root)).toMatchObject({ status: 'pass', detail: 'vitest: 1 test failed' })
    writeFileSync(join(root, 'a.test.js'), 'x = = 1')
    expect(await gate('tests_fail', root)).toMatchObject({
      status: 'fail',
      error: expect.stringContaining('no test failed: vitest'),
    })
  })
})

describe.skipIf(!python)('unittest (needs python3)', () => {
  const failing =
    'import unittest\nclass T(unittest.TestCase):\n    def test_a(self): self.assertEqual(1, 2)\n'

  it('lists and judges, with its own options', async () => {
    const root = projectFolder({ 'setup.py': '', 'tests/test_a.py': failing })
    expect(await gate('tests_found', root)).toMatchObject({
      status: 'pass',
      detail: expect.stringMatching(/^1 found/),
    })
    expect(await gate('tests_fail', root)).toMatchObject({
      status: 'pass',
      detail: 'unittest: 1 test failed',
    })
    writeFileSync(join(root, 'tests/test_a.py'), 'import unittest, missing_module\n')
    expect(await gate('tests_fail', root)).toMatchObject({
      status: 'fail',
      error: expect.stringContaining('could not be loaded'),
    })
    expect(await gate('tests_found', root)).toMatchObject({
      status: 'fail',
      error: expect.stringContaining('missing_module'),
    })
  })

  it('syntax of changed files, without leaving anything behind', async () => {
    const root = projectFolder({ 'setup.py': '', 'good.py': 'a = 1\n', 'bad file.py': 'def f(:\n' })
    expect(await gate('compile', root, { changed: ['good.py'] })).toMatchObject({ status: 'pass' })
    expect(await gate('compile', root, { changed: ['good.py', 'bad file.py'] })).toMatchObject({
      status: 'fail',
      error: expect.stringMatching(/File "\.\/bad file\.py", line 1[^]*SyntaxError/),
    })
    expect(readdirSync(root).toSorted()).toEqual(['bad file.py', 'good.py', 'setup.py'])
  })
})

describe.skipIf(!pytest)('pytest (needs pytest)', () => {
  it('lists and judges', async () => {
    const root = projectFolder({ 'pytest.ini': '[pytest]\n', 'test_a.py': 'def test_a(): assert 1 == 2\n' })
    expect(await gate('tests_found', root)).toMatchObject({
      status: 'pass',
      detail: expect.stringMatching(/^1 found/),
    })
    expect(await gate('tests_fail', root)).toMatchObject({ status: 'pass', detail: 'pytest: 1 test failed' })
    writeFileSync(join(root, 'test_a.py'), 'import missing_module\n')
    expect(await gate('tests_fail', root)).toMatchObject({ status: 'fail' })
  })
})

describe.skipIf(!cargo)('Cargo (needs cargo)', () => {
  it('lists and judges', async () => {
    const library = (test: string): string => `pub fn add(a: i32, b: i32) -> i32 { a + b }\n${test}`
    const manifest =
      '[package]\nname = "gump-sample"\nversion = "0.1.0"\nedition = "2021"\n[lib]\ndoctest = false\n'
    const root = projectFolder({
      'Cargo.toml': manifest,
      'src/lib.rs': library('#[test] fn bad() { assert_eq!(add(1, 2), 4); }\n'),
    })
    expect(await gate('tests_fail', root)).toMatchObject({
      status: 'pass',
      detail: 'cargo test: 1 test failed',
    })
    expect(await gate('tests_found', root)).toMatchObject({
      status: 'pass',
      detail: '1 found with cargo test (listing)',
    })
    writeFileSync(join(root, 'src/lib.rs'), library('#[test] fn bad() { missing(); }\n'))
    expect(await gate('tests_fail', root)).toMatchObject({
      status: 'fail',
      error: expect.stringMatching(/^the project does not compile/),
    })
  }, 60_000)
})

describe('overrides', () => {
  it('are shell text', async () => {
    const root = projectFolder({ 'sub/x': '' })
    expect(
      await gate('compile', root, {
        overrides: { compile: 'cd sub && A=1 test -e x && echo "$A" >/dev/null' },
      }),
    ).toMatchObject({ status: 'pass' })
    expect(await gate('tests_fail', root, { overrides: { test: 'echo broken; exit 4' } })).toMatchObject({
      status: 'pass',
      detail: expect.stringContaining('exit 4; which test failed could not be verified'),
    })
    expect(await gate('tests_found', root, { overrides: { tests_found: 'ls sub' } })).toMatchObject({
      status: 'pass',
    })
  })
})
