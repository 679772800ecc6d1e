import { rmSync } from 'node:fs'
import type { ContainmentLevel } from '@gump/process'
import {
  checkContinuation,
  checkGivenBack,
  checkIntegrity,
  compareWithUndisturbed,
  truthfulStatus,
} from './checks.js'
import type { Child, ChildPool, Outcome } from './child-pool.js'
import { damage, type Evidence, gatherEvidence, newestRun } from './evidence.js'
import type { Expectation } from './expectation.js'
import type { PointId } from './fault-counter.js'
import { processesWith, survivors } from './leftovers.js'
import type { Instruction } from './messages.js'
import { copyRepository } from './scenario-repository.js'

/** One thing to try: a run that dies at a point, and perhaps once more while it is being resumed. */
export interface Attempt {
  readonly scenario: string
  readonly point: PointId
  /** The number of the point of the resumed run at which it dies again; it may end before that. */
  readonly again?: number
  readonly processes?: ContainmentLevel
}

/** What came of it. */
export interface Recovery {
  readonly attempt: Attempt
  /** Empty: recovered. */
  readonly complaints: readonly string[]
  /** The run was killed there; false: it ended without getting there, which is nothing to be counted. */
  readonly died: boolean
  /** Processes of the run that were still there right after the death of its engine. */
  readonly orphans: number
  /** How long it took until the last of them was gone, in milliseconds. */
  readonly orphanMs: number
}

export interface CrashBench {
  readonly pool: ChildPool
  /** The repository that runs start from. */
  readonly original: string
  readonly expected: Expectation
  /** A folder that does not exist; gone again afterwards. */
  readonly place: string
  /** How long the kernel and the reaper may take to end what a dead engine had started, in milliseconds. */
  readonly patienceMs: number
}

/** Lets a run die, looks at it, takes it up again, and compares its result with that of an undisturbed run. */
export async function crashOnce(bench: CrashBench, attempt: Attempt): Promise<Recovery> {
  const { place, original } = bench
  copyRepository(original, place)
  try {
    const crash = await ask(bench, {
      do: 'start',
      repo: place,
      ...playing(attempt),
      hurry: !isAtWork(bench.expected, attempt.point),
      dieAt: attempt.point,
    })
    const wrong = complaintsOf(crash, 'SIGKILL')
    if (!crash.died) return { attempt, died: false, orphans: 0, orphanMs: 0, complaints: wrong }
    const found = await recover(bench, attempt)
    return { attempt, died: true, ...found, complaints: [...wrong, ...found.complaints] }
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { attempt, died: true, orphans: 0, orphanMs: 0, complaints: [message] }
  } finally {
    for (const folder of [place, `${place}.gump`])
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

type Found = Pick<Recovery, 'complaints' | 'orphans' | 'orphanMs'>

async function recover(bench: CrashBench, attempt: Attempt): Promise<Found> {
  const dead = await inspect(bench)
  const again = await dieAgain(bench, attempt, dead)
  const last = again ?? dead
  const child = await bench.pool.take()
  const complaints = await goOn(bench, attempt, child, last.evidence)
  bench.pool.giveBack(child)
  return {
    complaints: [...dead.complaints, ...(again?.complaints ?? []), ...complaints],
    orphans: dead.orphans + (again?.orphans ?? 0),
    orphanMs: Math.max(dead.orphanMs, again?.orphanMs ?? 0),
  }
}

/** A resume that dies, too, or ends before it gets there; null when there is nothing to resume. */
async function dieAgain(bench: CrashBench, attempt: Attempt, dead: Dead): Promise<Dead | null> {
  const { evidence } = dead
  if (attempt.again === undefined || evidence.events.length === 0) return null
  if (hasEnded(evidence)) return null
  const instruction = { do: 'resume', repo: bench.place, ...playing(attempt), hurry: true } as const
  const outcome = await ask(bench, { ...instruction, dieAtNumber: attempt.again })
  const found = await inspect(bench)
  return {
    ...found,
    complaints: [
      ...complaintsOf(outcome, 'SIGKILL'),
      ...found.complaints,
      ...checkContinuation(evidence, found.evidence),
    ],
  }
}

export interface Dead extends Found {
  readonly evidence: Evidence
}

/** What must be true as soon as the engine is gone, before anybody cleans up. */
export async function inspect({ place, patienceMs }: CrashBench): Promise<Dead> {
  const diedAt = performance.now()
  const runId = newestRun(place)
  const marker = `GUMP_CONTAINER=${runId}/`
  const orphans = runId === null ? 0 : processesWith(marker).length
  const left = orphans === 0 ? [] : await survivors(marker, patienceMs)
  const orphanMs = orphans === 0 ? 0 : performance.now() - diedAt
  const complaints = left.length === 0 ? [] : [`processes ${left.join()} outlived the engine`]
  return { evidence: gatherEvidence(place), orphans, orphanMs, complaints }
}

/** Takes up what there is to take up, from a process of its own. */
export async function goOn(
  bench: CrashBench,
  attempt: Pick<Attempt, 'scenario' | 'processes'>,
  child: Child,
  dead: Evidence,
): Promise<readonly string[]> {
  const { place, expected } = bench
  const instruction = { repo: place, ...playing(attempt), hurry: true }
  const truth = truthfulStatus(dead)
  const ended = hasEnded(dead)
  // A run that never wrote its first line has nothing to continue with: the next one must simply work.
  const begun = dead.events.length > 0
  const first = await child.ask({ do: ended ? 'look' : 'resume', ...instruction })
  const complaints = [
    ...checkStatus(first, truth),
    ...checkIntegrity(expected, dead),
    ...(begun ? complaintsOf(first) : expectRefusal(first)),
  ]
  if (!begun) complaints.push(...complaintsOf(await child.ask({ do: 'start', ...instruction })))
  const found = gatherEvidence(place)
  complaints.push(
    ...compareWithUndisturbed(expected, found),
    ...checkIntegrity(expected, found),
    ...(begun ? checkContinuation(dead, found) : []),
    ...(ended ? [] : checkGivenBack(found)),
    ...damage(place).split('\n').filter(Boolean),
  )
  if (expected.status === 'passed') {
    complaints.push(...expectRefusal(await child.ask({ do: 'resume', ...instruction })))
  }
  const left = await survivors(place, bench.patienceMs)
  return left.length === 0 ? complaints : [...complaints, `processes ${left.join()} are left`]
}

/** A run that waits for a person has not. */
function hasEnded(evidence: Evidence): boolean {
  return !['interrupted', 'paused', null].includes(truthfulStatus(evidence))
}

function playing({
  scenario,
  processes,
}: Pick<Attempt, 'scenario' | 'processes'>): Pick<Instruction, 'scenario' | 'processes'> {
  return { scenario, ...(processes === undefined ? {} : { processes }) }
}

/** An agent that takes its time is still there when its engine dies up to the end of its first turn. */
function isAtWork({ points }: Expectation, point: PointId): boolean {
  const place = ({ name, nth }: PointId): number =>
    points.findIndex((other) => other.name === name && other.nth === nth)
  return place(point) <= place({ name: 'append:turn_completed:done', nth: 1 })
}

/** Has a child follow an instruction that may kill it. */
async function ask({ pool }: CrashBench, instruction: Instruction): Promise<Outcome> {
  const child = await pool.take()
  const outcome = await child.ask(instruction)
  pool.giveBack(child)
  return outcome
}

/** @param signal - the one death that is as it should be. */
export function complaintsOf(outcome: Outcome, signal?: string): readonly string[] {
  if (outcome.died) {
    return outcome.signal === signal ? [] : [`a process died (${outcome.signal}): ${outcome.stderr}`]
  }
  const { error } = outcome.answer
  return error === undefined ? [] : [`it failed: ${error.code} ${error.message}`]
}

function checkStatus(outcome: Outcome, truth: string | null): readonly string[] {
  const status = outcome.died ? 'dead' : (outcome.answer.runs[0]?.status ?? null)
  return status === truth ? [] : [`its status read ${status}, but it was ${truth}`]
}

/** What there is nothing to resume of says so. */
function expectRefusal(outcome: Outcome): readonly string[] {
  if (!outcome.died && refusals.has(outcome.answer.error?.code)) return []
  return [`a resume with nothing to resume was not refused: ${JSON.stringify(outcome).slice(0, 500)}`]
}

const refusals: ReadonlySet<string | null | undefined> = new Set(['GUMP-R001', 'GUMP-L005'])
