// After a failed run, the tools of a project see in its checkout exactly what they saw before.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { npmTools } from './npm-tools.mjs'

const gump = fileURLToPath(new URL('../../apps/cli/bin/gump.js', import.meta.url))
const top = realpathSync(mkdtempSync(join(tmpdir(), 'gump-tools-')))
after(() => rmSync(top, { recursive: true, force: true }))

const env = {
  PATH: process.env.PATH ?? '',
  HOME: join(top, 'home'),
  LC_ALL: 'C.UTF-8',
  CI: '1',
  NO_COLOR: '1',
  GIT_CONFIG_NOSYSTEM: '1',
  GOCACHE: join(top, 'go-cache'),
  GOFLAGS: '-mod=mod',
  PYTHONDONTWRITEBYTECODE: '1',
}
mkdirSync(env.HOME)

/** Whatever tools look for: broken, badly formatted, and twice where two of a name are an error. */
const droppings = {
  'extra.test.js': 'test( "broken",()=>{throw   new Error("no")})\n',
  'src/__mocks__/store.js': 'module.exports=  {}\n',
  'extra.test.mjs': 'import test from "node:test"\ntest("broken",()=>{throw new Error("no")})\n',
  'test_extra.py': 'def test_broken():\n    assert   False\n',
  'extra_test.go': 'package shop\n\nimport "testing"\n\nfunc TestBroken(t *testing.T) { t.Fatal("no") }\n',
  'bad.json': '{"a":   1}\n',
  'bad.yaml': 'a:    1\n',
  'BAD.md': '*  a\n*  b\n',
}
const writes = Object.entries(droppings).map(([path, content]) => ({ write: { path, content } }))
const script = [
  { match: { step: 'plan' }, do: [{ out: { plan: [{ name: 't', description: '*  do it' }] } }, 'turn'] },
  { match: { step: 'notes' }, do: [...writes, { out: { artifact: '*  notes\n*  more' } }, 'turn'] },
  { do: [...writes, 'turn'] },
]
const steps = [
  '  - {name: notes, type: artifact, worktree: none, agent: scripted, prompt: go}',
  '  - {name: plan, type: split, agent: scripted, prompt: go, parallel: true, each: [{name: make, agent: scripted, prompt: go, gate: [{bash: "false"}], retry: [{exit: 2}]}]}',
]
const common = {
  '.gump/workflows/w.yaml': `name: w\nsteps:\n${steps.join('\n')}\n`,
  'agents.yaml': `${JSON.stringify(script)}\n`,
  'gump.toml': '[agents.scripted]\nscript = "agents.yaml"\n\n[worktree]\nsetup = "off"\n',
  'spec.md': '# A spec\n',
}

/** A project, in which `look` says what a tool sees before and after a run that fails. */
function seesTheSame(name, files, look) {
  const dir = join(top, name.replaceAll(/\W+/g, '-'), 'shop')
  for (const [path, content] of Object.entries({ ...common, ...files })) {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), content)
  }
  const git = (...args) => execFileSync('git', args, { cwd: dir, env, encoding: 'utf8' })
  git('init', '-q', '-b', 'main')
  git('-c', 'user.name=T', '-c', 'user.email=t@example.org', 'add', '-A')
  git('-c', 'user.name=T', '-c', 'user.email=t@example.org', 'commit', '-qm', 'first')
  const before = look(dir)
  assert.match(before, /shop|a\.test|test_a/, 'the tool sees the project')
  const run = spawnSync(process.execPath, [gump, 'run', 'w', '--spec', 'spec.md'], {
    cwd: dir,
    env,
    encoding: 'utf8',
  })
  assert.equal(run.status, 1, run.stdout + run.stderr)
  assert.ok(readdirSync(join(dir, '.gump/runs')).length > 1)
  assert.equal(look(dir), before)
  assert.equal(git('status', '--porcelain'), '')
}

/** What a program prints on both streams, and how it ends; `keep` are the lines that do not change by themselves. */
function output(dir, [file, ...args], keep = /./) {
  const { status, stdout, stderr, error } = spawnSync(file, args, { cwd: dir, env, encoding: 'utf8' })
  if (error !== undefined) throw error
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => keep.test(line))
  return [`exit ${status}`, ...lines.toSorted()].join('\n')
}

function missing(program, ...args) {
  const { error, status } = spawnSync(program, args, { env, encoding: 'utf8' })
  return error !== undefined || status !== 0 ? `${program} is not installed` : false
}

const installed = npmTools(join(top, 'npm'), [
  'vitest@3.2.4',
  'jest@29.7.0',
  'eslint@9.39.1',
  'prettier@3.6.2',
])
const skip = installed.problem ?? false
const js = {
  'package.json': '{ "name": "shop", "private": true }\n',
  'src/a.test.js': "test('a', () => {})\n",
  'src/__mocks__/store.js': 'module.exports = {}\n',
}

test('vitest', { skip }, () => {
  const command = [
    process.execPath,
    installed.bin('vitest', 'vitest.mjs'),
    'list',
    '--filesOnly',
    '--globals',
  ]
  seesTheSame('vitest', js, (dir) => output(dir, command))
})

test('jest --listTests', { skip }, () => {
  const jest = [process.execPath, installed.bin('jest', 'bin/jest.js')]
  seesTheSame('jest', js, (dir) => output(dir, [...jest, '--listTests']))
  // It complains about two mocks of one name.
  seesTheSame('jest run', js, (dir) => output(dir, jest, /^(?:PASS|FAIL|Tests:|jest-haste-map)/))
})

test('eslint .', { skip }, () => {
  const files = { ...js, 'eslint.config.js': 'module.exports = [{ rules: { "no-unused-vars": 1 } }]\n' }
  const command = [process.execPath, installed.bin('eslint', 'bin/eslint.js'), '.', '--format', 'json']
  seesTheSame('eslint', files, (dir) => output(dir, command))
})

test('prettier --check .', { skip }, () => {
  const command = [process.execPath, installed.bin('prettier', 'bin/prettier.cjs'), '--check', '.']
  seesTheSame('prettier', { ...js, 'shop.json': '{"a":   1}\n' }, (dir) => output(dir, command))
})

test('node --test', () => {
  const files = { 'a.test.mjs': "import test from 'node:test'\ntest('shop', () => {})\n" }
  const command = [process.execPath, '--test', '--test-reporter', 'tap']
  seesTheSame('node', files, (dir) => output(dir, command, /^\s*(?:not )?ok |^# (?:tests|pass|fail) /))
})

test('pytest', { skip: missing('python3', '-m', 'pytest', '--version') }, () => {
  const command = ['python3', '-m', 'pytest', '-q', '-p', 'no:cacheprovider', '--collect-only']
  seesTheSame('pytest', { 'test_a.py': 'def test_a():\n    pass\n' }, (dir) =>
    output(dir, command, /::|error/i),
  )
})

test('go test ./...', { skip: missing('go', 'version') }, () => {
  const files = {
    'go.mod': 'module shop\n\ngo 1.19\n',
    'shop.go': 'package shop\n',
    'shop_test.go': 'package shop\n\nimport "testing"\n\nfunc TestShop(t *testing.T) {}\n',
  }
  const tests = ['go', 'test', '-v', './...']
  seesTheSame(
    'go',
    files,
    (dir) => output(dir, tests, /^(?:---|===|FAIL|PASS)/) + output(dir, ['go', 'list', './...']),
  )
})
