import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { followLedger, type LedgerEvent, ledgerFileName } from '@gump/ledger'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Child, type ChildPool, createChildPool, type Outcome } from '../../src/crash/child-pool.js'
import { gatherEvidence } from '../../src/crash/evidence.js'
import { slowScenario } from '../../src/crash/index.js'
import { survivors } from '../../src/crash/leftovers.js'
import type { Answer, Instruction } from '../../src/crash/messages.js'
import { makeScenarioRepository } from '../../src/crash/scenario-repository.js'
import { readTree } from '../../src/temporary-repository.js'
import { compileChild } from './support/child-program.js'

const program = compileChild()
let pool: ChildPool
beforeAll(() => {
  pool = createChildPool(program.file, 2)
})
afterAll(() => pool.close())

let top = ''
let repo = ''
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'gump-together-'))
  repo = join(top, 'repo')
  makeScenarioRepository(repo)
})
afterEach(() => rmSync(top, { recursive: true, force: true, maxRetries: 5 }))

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: repo, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
}

/** Has several processes do something at the same time. */
async function together(count: number, instruction: Omit<Instruction, 'repo'>): Promise<readonly Outcome[]> {
  const children: Child[] = []
  while (children.length < count) children.push(await pool.take())
  const outcomes = await Promise.all(children.map((child) => child.ask({ ...instruction, repo })))
  for (const child of children) pool.giveBack(child)
  return outcomes
}

async function alone(instruction: Omit<Instruction, 'repo'>): Promise<Answer> {
  const [outcome] = await together(1, instruction)
  if (outcome === undefined || outcome.died) throw new Error('the process died')
  return outcome.answer
}

const answers = (outcomes: readonly Outcome[]): readonly Answer[] =>
  outcomes.flatMap((outcome) => (outcome.died ? [] : [outcome.answer]))

it('sixteen runs that start at the same time in one repository all pass and leave it as it was', async () => {
  const before = readTree(repo, ['.git', '.gump'])
  const head = git('rev-parse', 'HEAD')
  const found = answers(await together(16, { do: 'start', scenario: 'freeform' }))
  expect(found.map(({ error, result }) => error ?? result?.status)).toEqual(Array(16).fill('passed'))

  const branches = git('for-each-ref', '--format=%(tree)', 'refs/heads/gump').split('\n')
  expect(branches).toHaveLength(16)
  expect(new Set(branches).size).toBe(1)
  expect(new Set(found.map(({ result }) => result?.id)).size).toBe(16)
  expect(git('worktree', 'list').split('\n')).toHaveLength(17)
  const index = readFileSync(join(repo, '.gump/runs/index.ndjson'), 'utf8').trim().split('\n')
  expect(index.map((line) => (JSON.parse(line) as { status: string }).status)).toEqual(
    Array(16).fill('passed'),
  )
  expect(readTree(repo, ['.git', '.gump'])).toEqual(before)
  expect([git('rev-parse', 'HEAD'), git('status', '--porcelain')]).toEqual([head, ''])
  expect(git('fsck', '--strict', '--no-dangling')).toBe('')
}, 120_000)

it('of two processes that apply a run at the same time one does, and the other says that it has been done', async () => {
  const { result } = await alone({ do: 'start', scenario: 'freeform' })
  const found = answers(await together(2, { do: 'apply', scenario: 'freeform' }))
  expect(found.filter(({ applied }) => applied === 'merged')).toHaveLength(1)
  const other = found.find(({ applied }) => applied !== 'merged')
  expect(['GUMP-G005', 'GUMP-G002', 'GUMP-G004', 'GUMP-G008']).toContain(other?.error?.code)

  expect(git('log', '--first-parent', '--format=%s', 'main').split('\n')).toHaveLength(2)
  expect(readFileSync(join(repo, 'src/alpha.js'), 'utf8')).toBe('alpha works\n')
  expect(git('status', '--porcelain')).toBe('')
  expect(git('merge-base', '--is-ancestor', result?.commit ?? '', 'main')).toBe('')
  expect(existsSync(join(repo, '.git/gump-apply.json'))).toBe(false)
})

it('of two processes that resume a run one owns it, and the other learns which process that is', async () => {
  const scenario = slowScenario.name
  const processes = 'group'
  const dieAt = { name: 'append:agent_launching:before', nth: 1 }
  const [crash] = await together(1, { do: 'start', scenario, processes, dieAt })
  expect(crash).toMatchObject({ died: true, signal: 'SIGKILL' })

  // The winner waits for an agent that does not end.
  const children = [await pool.take(), await pool.take()]
  const outcomes = children.map((child) => child.ask({ do: 'resume', scenario, processes, repo }))
  const refused = await Promise.race(outcomes)
  const [run] = (await alone({ do: 'look', scenario })).runs
  const pids = children.map(({ pid }) => pid)
  const owner = pids.indexOf(run?.ownerPid ?? 0)
  expect(run).toMatchObject({ status: 'running', ownerPid: pids[owner] })
  expect(refused).toBe(await outcomes[1 - owner])
  const isRefused = (outcome: Outcome): void => {
    expect(outcome).toMatchObject({ died: false, answer: { result: null, error: { code: 'GUMP-L003' } } })
    expect(answers([outcome])[0]?.error?.message).toMatch(new RegExp(`\\b${run?.ownerPid}\\b`, 'u'))
  }
  isRefused(refused)

  // The owner's agent has done its work and sleeps, so what changes now is the doing of the one that is refused.
  await appended(run?.id ?? '', 'turn_completed')
  const before = gatherEvidence(repo)
  for (const again of await together(1, { do: 'resume', scenario, processes })) isRefused(again)
  expect(gatherEvidence(repo)).toEqual(before)

  process.kill(run?.ownerPid ?? 0, 'SIGKILL')
  expect(await outcomes[owner]).toMatchObject({ died: true, signal: 'SIGKILL' })
  pool.giveBack(children[1 - owner]!)
  expect(await survivors(`GUMP_CONTAINER=${run?.id}/`, 5000)).toEqual([])
  const { owners, events } = gatherEvidence(repo)
  expect(owners.map(({ number }) => number)).toEqual([1, 2])
  expect(events.filter(({ type }) => type === 'run_resumed')).toHaveLength(1)
  expect(events.filter(({ type }) => type === 'agent_launched')).toHaveLength(1)
  expect((await alone({ do: 'look', scenario })).runs).toMatchObject([
    { status: 'interrupted', ownerPid: null },
  ])
})

/** Resolves when the ledger of a run has an event of this type. */
async function appended(run: string, type: LedgerEvent['type']): Promise<void> {
  const seen = new AbortController()
  const file = join(repo, '.gump/runs', run, ledgerFileName)
  await followLedger(file, (event) => event.type === type && seen.abort(), seen.signal)
}
