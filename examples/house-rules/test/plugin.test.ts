import { execFile, execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

// The package as a project has it: installed below `node_modules`, listed in `gump.toml`, and run by the real program.

const gump = createRequire(import.meta.url).resolve('gump/bin/gump.js')
const here = fileURLToPath(new URL('..', import.meta.url))

let home: string
let repo: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'gump-home-'))
  repo = mkdtempSync(join(tmpdir(), 'gump-house-rules-'))
  cpSync(join(here, 'project'), repo, { recursive: true })
  writeFileSync(join(repo, '.gitignore'), 'node_modules/\n')
  const git = (...args: readonly string[]): Buffer => execFileSync('git', args, { cwd: repo })
  git('init', '-q', '-b', 'main')
  git('config', 'user.name', 'A User')
  git('config', 'user.email', 'user@example.com')
  git('add', '-A')
  git('commit', '-q', '-m', 'Begin')
  mkdirSync(join(repo, 'node_modules'))
})
afterEach(() => {
  for (const dir of [home, repo]) rmSync(dir, { recursive: true, force: true })
})

const install = (): void => symlinkSync(here, join(repo, 'node_modules/gump-house-rules'))

/** Says yes to the package, as a person on a terminal does. */
function consent(): void {
  const command = `'${process.execPath}' '${gump}' trust gump-house-rules`
  const how =
    process.platform === 'linux'
      ? ['-qefc', command, '/dev/null']
      : ['-q', '/dev/null', '/bin/sh', '-c', command]
  const env = { PATH: process.env['PATH'], HOME: home, TERM: 'dumb' }
  execFileSync('script', how, { cwd: repo, env, input: 'y\r' })
}

function run(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const options = { cwd: repo, env: { PATH: process.env['PATH'], HOME: home } }
  return new Promise((resolve) => {
    execFile(process.execPath, [gump, ...args], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}

test('gate and guard are names of the workflow language', async () => {
  install()
  consent()
  const { code, stdout, stderr } = await run('run', 'small')
  expect(stderr).toBe('plugin gump-house-rules\n')
  expect(stdout).toContain('file 3 of at most 2')
  expect(stdout).toContain('license_header ✗')
  expect(stdout).toContain('license_header ✓')
  expect(stdout).toContain('Run completed: pass')
  expect(code).toBe(0)
})

test('a dry run knows them as well', async () => {
  install()
  consent()
  const { code, stdout } = await run('run', 'small', '--dry-run')
  expect(stdout).toContain('license_header')
  expect(stdout).toContain('max_files')
  expect(code).toBe(0)
})

test('a plugin that is not installed is refused', async () => {
  const { code, stderr } = await run('run', 'small')
  expect(stderr).toContain('GUMP-C007')
  expect(code).toBe(2)
})

test('a package that exports something else is refused', async () => {
  mkdirSync(join(repo, 'node_modules/gump-house-rules'))
  writeFileSync(join(repo, 'node_modules/gump-house-rules/index.js'), 'module.exports = { rules: [] }\n')
  consent()
  const { code, stderr } = await run('run', 'small')
  expect(stderr).toContain('neither agent, gate nor guard')
  expect(code).toBe(2)
})

test('commands that start no run do not load its code', async () => {
  const dir = join(repo, 'node_modules/gump-house-rules')
  mkdirSync(dir)
  writeFileSync(join(dir, 'index.js'), `require('node:fs').writeFileSync('${home}/loaded', '')\n`)
  for (const args of [['runs'], ['status'], ['playbook', 'list'], ['config', 'list']]) await run(...args)
  expect(existsSync(join(home, 'loaded'))).toBe(false)
  await run('run', 'small')
  expect(existsSync(join(home, 'loaded'))).toBe(false)
  consent()
  await run('run', 'small')
  expect(existsSync(join(home, 'loaded'))).toBe(true)
})
