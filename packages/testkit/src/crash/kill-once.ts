import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ContainmentLevel } from '@gump/process'
import { checkContinuation, checkGivenBack, checkIntegrity, truthfulStatus } from './checks.js'
import type { Child, Outcome } from './child-pool.js'
import { complaintsOf, type CrashBench, goOn, inspect } from './crash-once.js'
import { type Evidence, gatherEvidence, newestRun } from './evidence.js'
import { outcomeOf } from './expectation.js'
import { processesWith, survivors } from './leftovers.js'
import { copyRepository } from './scenario-repository.js'

/** Who is killed: the engine, something that it had started, its reaper, or the reaper and then the engine. */
export type Victim = 'engine' | 'child' | 'reaper' | 'reaper and engine'

/** One kill at a moment of a run, wherever the run is then. */
export interface Kill {
  readonly scenario: string
  readonly victim: Victim
  /** Milliseconds after the run was asked for. */
  readonly afterMs: number
  /** Milliseconds that the victim stands still before it is killed; null: it is killed at once. */
  readonly stoppedMs: number | null
  /** Which of several children, as a share of them all. */
  readonly share: number
  readonly processes: ContainmentLevel
}

/** What came of it. */
export interface KillOutcome {
  readonly kill: Kill
  /** Empty: all is well. */
  readonly complaints: readonly string[]
  /** False: the run had ended before there was anybody to kill. */
  readonly killed: boolean
}

/** Kills a process at an arbitrary moment, and compares the end of the run. */
export async function killOnce(bench: CrashBench, kill: Kill): Promise<KillOutcome> {
  const { place, original, pool } = bench
  copyRepository(original, place)
  const child = await pool.take()
  try {
    const { scenario, processes } = kill
    let over = false
    const running = child.ask({ do: 'start', repo: place, scenario, processes }).finally(() => {
      over = true
    })
    await sleep(kill.afterMs)
    const victims = await choose(bench, kill, child, () => over)
    if (victims.length === 0) {
      await running
      return { kill, killed: false, complaints: [] }
    }
    const meanwhile = await strike(bench, kill, child, victims)
    const outcome = await running
    pool.giveBack(child)
    const after = victims.includes(child.pid)
      ? await afterEngine(bench, kill)
      : await afterOthers(bench, kill, outcome)
    return { kill, killed: true, complaints: [...meanwhile, ...after] }
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { kill, killed: true, complaints: [message] }
  } finally {
    rmSync(place, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Waits until there is a process of that kind, or the run is over. */
async function choose(
  { place }: CrashBench,
  { victim, share }: Kill,
  child: Child,
  isOver: () => boolean,
): Promise<readonly number[]> {
  for (; !isOver(); await sleep(3)) {
    const runId = newestRun(place)
    if (runId === null) continue
    if (victim === 'engine') return [child.pid]
    if (victim === 'child') {
      const pids = processesWith(`GUMP_CONTAINER=${runId}/`)
      const pid = pids[Math.floor(share * pids.length)]
      if (pid !== undefined) return [pid]
    } else {
      const reaper = reaperOf(child.pid)
      if (reaper !== null) return victim === 'reaper' ? [reaper] : [reaper, child.pid]
    }
  }
  return []
}

/** The reaper is a child of the engine, and says in its command line what it is. */
function reaperOf(engine: number): number | null {
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/u.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
      if (parent !== engine) continue
      if (readFileSync(`/proc/${name}/cmdline`, 'latin1').includes('\0gump-reaper\0')) return Number(name)
    } catch {
      // Gone meanwhile.
    }
  }
  return null
}

/** A stopped engine is alive, and its run is in progress as far as anybody can tell. */
async function strike(
  bench: CrashBench,
  { victim, stoppedMs, scenario }: Kill,
  child: Child,
  victims: readonly number[],
): Promise<readonly string[]> {
  const complaints: string[] = []
  if (stoppedMs !== null) {
    for (const pid of victims) signal(pid, 'SIGSTOP')
    await sleep(stoppedMs)
    if (victim === 'engine') complaints.push(...(await lookAtStopped(bench, scenario, child)))
  }
  for (const pid of victims) signal(pid, 'SIGKILL')
  return complaints
}

async function lookAtStopped(bench: CrashBench, scenario: string, child: Child): Promise<readonly string[]> {
  const { place, pool } = bench
  const before = truthfulStatus(gatherEvidence(place))
  const other = await pool.take()
  const seen = await other.ask({ do: 'look', repo: place, scenario })
  pool.giveBack(other)
  if (before !== 'interrupted') return []
  const run = seen.died ? undefined : seen.answer.runs[0]
  if (run?.ownerPid === child.pid && ['running', 'paused', 'parked'].includes(run.status)) return []
  // It may have stood still before it owned anything.
  if (run === undefined || (run.ownerPid === null && gatherEvidence(place).events.length === 0)) return []
  return [`a run whose engine stands still reads ${run.status}, owned by ${run.ownerPid}`]
}

function signal(pid: number, name: 'SIGSTOP' | 'SIGKILL'): void {
  try {
    process.kill(pid, name)
  } catch {
    // It has ended by itself.
  }
}

async function afterEngine(bench: CrashBench, kill: Kill): Promise<readonly string[]> {
  const dead = await inspect(kill.victim === 'engine' ? bench : { ...bench, patienceMs: 0 })
  // Without its reaper nobody ends what the engine had started before the run is taken up.
  const orphaned = kill.victim === 'engine' ? dead.complaints : []
  const child = await bench.pool.take()
  const complaints = await goOn(bench, kill, child, dead.evidence)
  bench.pool.giveBack(child)
  return [...orphaned, ...complaints]
}

/** The engine continues; what a dead child had to do is done again, by the engine or by a resume. */
async function afterOthers(bench: CrashBench, kill: Kill, first: Outcome): Promise<readonly string[]> {
  const { place, expected, pool } = bench
  const { scenario, processes } = kill
  const complaints = [...complaintsOf(first)]
  let found = gatherEvidence(place)
  for (let again = 0; again < 3 && statusOf(found) !== expected.status; again += 1) {
    const child = await pool.take()
    const before = found
    const outcome = await child.ask({ do: 'resume', repo: place, scenario, processes, hurry: true })
    pool.giveBack(child)
    found = gatherEvidence(place)
    complaints.push(...complaintsOf(outcome), ...checkContinuation(before, found))
  }
  const { status, tree } = outcomeOf(found) ?? { status: 'unfinished', tree: 'none' }
  if (status !== expected.status) complaints.push(`status: expected ${expected.status}, found ${status}`)
  if (tree !== expected.tree) complaints.push(`final tree: expected ${expected.tree}, found ${tree}`)
  const left = await survivors(place, bench.patienceMs)
  if (left.length > 0) complaints.push(`processes ${left.join()} are left`)
  return [...complaints, ...checkIntegrity(expected, found), ...checkGivenBack(found)]
}

function statusOf(evidence: Evidence): string | null {
  return outcomeOf(evidence)?.status ?? null
}
