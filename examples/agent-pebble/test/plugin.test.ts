import { execFile, execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

// The package as a project has it: installed below `node_modules`, listed in `gump.toml`, and run by the real program.

const gump = createRequire(import.meta.url).resolve('gump/bin/gump.js')
const here = fileURLToPath(new URL('..', import.meta.url))

let home: string
let repo: string

const git = (...args: readonly string[]): string =>
  execFileSync('git', args, { cwd: repo, encoding: 'utf8' }).trim()

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'gump-home-'))
  repo = mkdtempSync(join(tmpdir(), 'gump-pebble-'))
  cpSync(join(here, 'project'), repo, { recursive: true })
  writeFileSync(join(repo, '.gitignore'), 'node_modules/\n')
  git('init', '-q', '-b', 'main')
  git('config', 'user.name', 'A User')
  git('config', 'user.email', 'user@example.com')
  git('add', '-A')
  git('commit', '-q', '-m', 'Begin')
  mkdirSync(join(repo, 'node_modules/.bin'), { recursive: true })
  symlinkSync(here, join(repo, 'node_modules/gump-agent-pebble'))
  symlinkSync(join(here, 'bin/pebble.mjs'), join(repo, 'node_modules/.bin/pebble'))
  consent()
})
afterEach(() => {
  for (const dir of [home, repo]) rmSync(dir, { recursive: true, force: true })
})

/** Says yes to the package, as a person on a terminal does. */
function consent(): void {
  const command = `'${process.execPath}' '${gump}' trust gump-agent-pebble`
  const how =
    process.platform === 'linux'
      ? ['-qefc', command, '/dev/null']
      : ['-q', '/dev/null', '/bin/sh', '-c', command]
  const env = { PATH: process.env['PATH'], HOME: home, TERM: 'dumb' }
  execFileSync('script', how, { cwd: repo, env, input: 'y\r' })
}

/** Runs gump as `npx gump` would: what the project has installed is on PATH. */
function run(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const path = [join(repo, 'node_modules/.bin'), process.env['PATH']].join(delimiter)
  const options = { cwd: repo, env: { PATH: path, HOME: home, ...env } }
  return new Promise((resolve) => {
    execFile(process.execPath, [gump, ...args], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}

interface Line {
  readonly type: string
  readonly [member: string]: unknown
}

function ledger(stdout: string): readonly Line[] {
  const lines = stdout.split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line) as Line)
}

test('gump run loads it, says so, and its agent passes the gates', async () => {
  const { code, stdout, stderr } = await run(['run', 'notes', '--spec', 'spec.md'])
  expect(stderr).toBe('plugin gump-agent-pebble\n')
  expect(stdout).toMatch(/\[write\] +running +\(pebble-large\) +attempt 1\/2/u)
  expect(stdout).toMatch(/\[write\] +gate +touched ✓ +bash ✓/u)
  expect(stdout).toContain('Run completed: pass')
  expect(code).toBe(0)

  expect((await run(['apply'])).code).toBe(0)
  expect(readFileSync(join(repo, 'notes/hello.txt'), 'utf8')).toBe('Hello.\nAnd goodbye.\n')
  expect(readFileSync(join(repo, 'notes/more.txt'), 'utf8')).toBe('More.\n')
  expect(git('status', '--porcelain')).toBe('')
})

test('model, version, session, turns and cost reach the ledger', async () => {
  const { code, stdout } = await run(['run', 'notes', '--spec', 'spec.md', '--json'])
  expect(code).toBe(0)
  const lines = ledger(stdout)
  const of = (type: string): readonly Line[] => lines.filter((line) => line.type === type)
  expect(of('run_started')[0]).toMatchObject({
    agents: {
      'pebble-large': { adapter: 'pebble', version: '1.0.0', model: 'pebble-large', resume: true },
    },
  })
  const sessions = of('session_started').map((line) => line['session_id'])
  expect(sessions).toHaveLength(2)
  expect(sessions[0]).toMatch(/^p-[0-9a-f]{12}$/u)
  expect(sessions[1]).toBe(sessions[0])
  expect(of('agent_launching').map((line) => line['session_mode'])).toEqual(['new', 'resume'])
  expect(of('turn_completed')).toHaveLength(5)
  expect(of('run_completed')[0]).toMatchObject({ usage: { cost_source: 'native' } })
})

test('its turns are counted while it works, and it gets the limit', async () => {
  const orders = Array.from({ length: 8 }, (_, n) => `- write notes/${n}.txt: ${n}`)
  writeFileSync(join(repo, 'long.md'), orders.join('\n'))
  const { code, stdout } = await run(['run', 'notes', '--spec', 'long.md', '--json'])
  expect(code).toBe(1)
  const lines = ledger(stdout)
  expect(lines.find((line) => line.type === 'guard_triggered')).toMatchObject({
    guard: 'max_turns',
    limit: '5',
  })
  expect(lines.find((line) => line.type === 'agent_launching')?.['argv']).toContain('--max-replies')
})

test('what it cannot do is found out before the run starts', async () => {
  rmSync(join(repo, 'node_modules/.bin/pebble'))
  const { code, stderr } = await run(['run', 'notes', '--spec', 'spec.md'])
  expect(code).toBe(2)
  expect(stderr).toContain('npm install --save-dev gump-agent-pebble')
})

test('a rehearsed sign-out stops the run and burns no attempt', async () => {
  const { code, stdout } = await run(['run', 'notes', '--spec', 'spec.md'], { PEBBLE_FAIL: 'signed_out' })
  expect(code).toBe(1)
  expect(stdout).toContain('nobody is signed in')
  expect(stdout).not.toContain('attempt 2/2')
})
