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
import { damage, type Evidence, gatherEvidence } from './evidence.js'
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
  /** How often a process of the run was seen right after the death of its engine. */
  readonly orphansSeen: number
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

/** Lets a run die, looks at it, takes it up again, and compares what it comes to with a run that nothing disturbed. */
export async function crashOnce(bench: CrashBench, attempt: Attempt): Promise<Recovery> {
  const { place, original } = bench
  copyRepository(original, place)
  try {
    const crash = await ask(bench, { do: 'start', repo: place, ...playing(attempt), dieAt: attempt.point })
    const wrong = complaintsOf(crash, 'SIGKILL')
    if (!crash.died) return { attempt, died: false, orphansSeen: 0, complaints: wrong }
    const { complaints, orphansSeen } = await recover(bench, attempt)
    return { attempt, died: true, orphansSeen, complaints: [...wrong, ...complaints] }
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { attempt, died: true, orphansSeen: 0, complaints: [message] }
  } finally {
    rmSync(place, { recursive: true, force: true, maxRetries: 5 })
  }
}

type Found = Pick<Recovery, 'complaints' | 'orphansSeen'>

async function recover(bench: CrashBench, attempt: Attempt): Promise<Found> {
  const dead = await inspect(bench)
  const again = await dieAgain(bench, attempt, dead)
  const last = again ?? dead
  const child = await bench.pool.take()
  const complaints = await goOn(bench, attempt, child, last.evidence)
  bench.pool.giveBack(child)
  return {
    complaints: [...dead.complaints, ...(again?.complaints ?? []), ...complaints],
    orphansSeen: dead.orphansSeen + (again?.orphansSeen ?? 0),
  }
}

/** A resume that dies, too, or ends before it gets there; null when there is nothing to resume. */
async function dieAgain(bench: CrashBench, attempt: Attempt, dead: Dead): Promise<Dead | null> {
  const { evidence } = dead
  if (attempt.again === undefined || evidence.events.length === 0) return null
  if (truthfulStatus(evidence) !== 'interrupted') return null
  const instruction = { do: 'resume', repo: bench.place, ...playing(attempt) } as const
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

interface Dead extends Found {
  readonly evidence: Evidence
}

/** What must be true as soon as the engine is gone, before anybody cleans up. */
async function inspect({ place, patienceMs }: CrashBench): Promise<Dead> {
  const orphansSeen = processesWith(`GUMP_CONTAINER=`).length
  const evidence = gatherEvidence(place)
  const left = evidence.runId === null ? [] : await survivors(`GUMP_CONTAINER=${evidence.runId}/`, patienceMs)
  return {
    evidence,
    orphansSeen,
    complaints: left.length === 0 ? [] : [`processes ${left.join()} outlived the engine`],
  }
}

/** Takes up what there is to take up, from a process of its own. */
async function goOn(
  bench: CrashBench,
  attempt: Attempt,
  child: Child,
  dead: Evidence,
): Promise<readonly string[]> {
  const { place, expected } = bench
  const instruction = { repo: place, ...playing(attempt) }
  const looked = await child.ask({ do: 'look', ...instruction })
  const status = statusOf(looked)
  const truth = truthfulStatus(dead)
  const complaints = [
    ...(status === truth ? [] : [`its status read ${status}, but it was ${truth}`]),
    ...checkIntegrity(expected, dead),
  ]
  // A run that never wrote its first line has nothing to go on with: the next one must simply work.
  const begun = dead.events.length > 0
  const ended = truth !== null && truth !== 'interrupted'
  if (!begun) complaints.push(...(await expectRefusal(child, { do: 'resume', ...instruction })))
  if (!ended) {
    const outcome = await child.ask({ do: begun ? 'resume' : 'start', ...instruction })
    complaints.push(...complaintsOf(outcome))
  }
  const found = gatherEvidence(place)
  complaints.push(
    ...compareWithUndisturbed(expected, found),
    ...checkIntegrity(expected, found),
    ...(begun ? checkContinuation(dead, found) : []),
    ...(ended ? [] : checkGivenBack(found)),
    ...damage(place).split('\n').filter(Boolean),
  )
  if (expected.status === 'passed')
    complaints.push(...(await expectRefusal(child, { do: 'resume', ...instruction })))
  const left = await survivors(place, bench.patienceMs)
  return left.length === 0 ? complaints : [...complaints, `processes ${left.join()} are left`]
}

function playing({ scenario, processes }: Attempt): Pick<Instruction, 'scenario' | 'processes'> {
  return { scenario, ...(processes === undefined ? {} : { processes }) }
}

/** Has somebody follow an instruction who may die of it. */
async function ask({ pool }: CrashBench, instruction: Instruction): Promise<Outcome> {
  const child = await pool.take()
  const outcome = await child.ask(instruction)
  pool.giveBack(child)
  return outcome
}

/** @param signal - the one death that is as it should be. */
function complaintsOf(outcome: Outcome, signal?: string): readonly string[] {
  if (outcome.died) {
    return outcome.signal === signal ? [] : [`a process died (${outcome.signal}): ${outcome.stderr}`]
  }
  return outcome.answer.ok ? [] : [`it failed: ${outcome.answer.code} ${outcome.answer.message}`]
}

function statusOf(outcome: Outcome): string | null {
  if (outcome.died) return 'dead'
  return outcome.answer.ok ? (outcome.answer.runs[0]?.status ?? null) : outcome.answer.message
}

/** What there is nothing to resume of says so, and changes nothing. */
async function expectRefusal(child: Child, instruction: Instruction): Promise<readonly string[]> {
  const outcome = await child.ask(instruction)
  if (!outcome.died && !outcome.answer.ok && refusals.has(outcome.answer.code)) return []
  return [`a resume with nothing to resume was not refused: ${JSON.stringify(outcome)}`]
}

const refusals: ReadonlySet<string | null> = new Set(['GUMP-R001', 'GUMP-L005'])
