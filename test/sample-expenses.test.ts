import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { parseAgentScript, scripted } from '../packages/agents/src/index.js'
import type { AttemptPosition, EmbeddedAction } from '../packages/agents/src/index.js'

const root = fileURLToPath(new URL('../', import.meta.url))
const sample = join(root, 'examples/sample-expenses')

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gump-sample-'))
  await cp(sample, folder, { recursive: true })
  await mkdir(join(folder, 'node_modules/.bin'), { recursive: true })
  await mkdir(join(folder, 'node_modules/@types'))
  await symlink(
    await realpath(join(root, 'node_modules/typescript')),
    join(folder, 'node_modules/typescript'),
  )
  await symlink(
    await realpath(join(root, 'node_modules/@types/node')),
    join(folder, 'node_modules/@types/node'),
  )
  await symlink('../typescript/bin/tsc', join(folder, 'node_modules/.bin/tsc'))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

function npm(...args: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile('npm', args, { cwd: folder }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr })
    })
  })
}

/** How many tests the gates see failing; null when nothing compiles. `npm test` compiles first. */
async function failures(): Promise<number | null> {
  const { code, output } = await npm('test')
  const failed = /^(?:#|ℹ) fail (\d+)$/m.exec(output)?.[1]
  if (failed === undefined) return null
  expect(code === 0, output).toBe(failed === '0')
  return Number(failed)
}

async function actions(position: Partial<AttemptPosition>): Promise<readonly EmbeddedAction[]> {
  const script = parseAgentScript(await readFile(join(sample, 'demo-agent.yaml'), 'utf8'), 'demo-agent.yaml')
  const step = position.step ?? ''
  const plan = scripted(script).launch({
    prompt: '',
    model: null,
    sessionId: null,
    cwd: folder,
    limits: {},
    scratchDir: folder,
    sandbox: 'detected',
    env: {},
    isRoot: false,
    position: {
      step,
      path: step,
      task: null,
      agent: 'scripted',
      round: 1,
      attempt: 1,
      launch: 1,
      type: step === 'decompose' ? 'split' : 'code',
      ...position,
    },
  })
  return plan.kind === 'embedded' ? plan.program.steps : []
}

async function play(position: Partial<AttemptPosition>): Promise<readonly string[]> {
  const written: string[] = []
  for (const action of await actions(position)) {
    if (action.do !== 'write') continue
    await mkdir(dirname(join(folder, action.path)), { recursive: true })
    await writeFile(join(folder, action.path), action.content)
    written.push(action.path)
  }
  return written
}

it('starts green', async () => {
  expect(await failures()).toBe(0)
})

it('is split into the two tasks that the script knows', async () => {
  await play({ step: 'decompose' })
  const plan: unknown = JSON.parse(await readFile(join(folder, '.gump/out/plan.json'), 'utf8'))
  expect(plan).toMatchObject([{ name: 'budgets' }, { name: 'even-shares' }])
})

it('fails its new tests and passes them at once in the first task', async () => {
  expect(await play({ step: 'red', task: 'budgets' })).toContain('test/budget.test.ts')
  expect(await failures()).toBe(5)
  expect(await play({ step: 'green', task: 'budgets' })).toEqual(['src/budget.ts'])
  expect(await failures()).toBe(0)
})

it('fails twice for different reasons and passes at the third attempt in the second task', async () => {
  expect(await play({ step: 'red', task: 'even-shares' })).toEqual(['test/split.test.ts'])
  expect(await failures()).toBe(4)
  for (const [attempt, failed] of [
    [1, 3],
    [2, 2],
    [3, 0],
  ] as const) {
    expect(await play({ step: 'green', task: 'even-shares', attempt })).toEqual(['src/split.ts'])
    expect(await failures(), `attempt ${attempt}`).toBe(failed)
  }
})

it('takes less than ten seconds in the hands of the script', async () => {
  const launches = await Promise.all([
    actions({ step: 'decompose' }),
    ...['budgets', 'even-shares'].map((task) => actions({ step: 'red', task })),
    actions({ step: 'green', task: 'budgets' }),
    ...[1, 2, 3].map((attempt) => actions({ step: 'green', task: 'even-shares', attempt })),
  ])
  const slept = launches.flat().map((action) => (action.do === 'sleep' ? action.ms : 0))
  expect(slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(10_000)
})
