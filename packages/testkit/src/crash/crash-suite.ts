import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ContainmentLevel } from '@gump/process'
import { createChildPool, type ChildPool } from './child-pool.js'
import { type Attempt, type CrashBench, crashOnce, type Recovery } from './crash-once.js'
import { gatherEvidence } from './evidence.js'
import { type Expectation, expectationOf } from './expectation.js'
import { type Kill, killOnce, type KillOutcome } from './kill-once.js'
import { copyRepository, makeScenarioRepository } from './scenario-repository.js'
import { scenarioNamed } from './scenarios.js'
import { placePoints } from './thin-points.js'

/** A place to let runs die in. */
export interface CrashSuite {
  /** Plays a scenario to its end, undisturbed, and notes its result and every point it passes. */
  enumerate(scenario: string, processes?: ContainmentLevel): Promise<Expectation>
  /** Tries all, two at a time; tells about each as it is known. */
  run(
    attempts: readonly Attempt[],
    expected: (attempt: Attempt) => Expectation,
    told?: (recovery: Recovery) => void,
  ): Promise<readonly Recovery[]>
  /** The same for kills at moments that nobody has chosen with care. */
  kill(
    kills: readonly Kill[],
    expected: (kill: Kill) => Expectation,
    told?: (outcome: KillOutcome) => void,
  ): Promise<readonly KillOutcome[]>
  close(): Promise<void>
}

export interface CrashSuiteOptions {
  /** The compiled child program. */
  readonly program: string
  /** Where repositories are made; the faster, the better. SIGKILL leaves what was written alone on any file system. */
  readonly folder?: string
  readonly workers?: number
  readonly patienceMs?: number
}

export function openCrashSuite(options: CrashSuiteOptions): CrashSuite {
  const workers = options.workers ?? 2
  const top = mkdtempSync(join(options.folder ?? tmpdir(), 'gump-crash-'))
  const original = join(top, 'original')
  const pool: ChildPool = createChildPool(options.program, workers)
  let places = 0
  // No name may be the beginning of another: processes are looked for by the path in their environment.
  const newPlace = (): string => join(top, `${++places}.repository`)
  makeScenarioRepository(original)
  const benchFor = (expected: Expectation): CrashBench => ({
    pool,
    original,
    expected,
    place: newPlace(),
    patienceMs: options.patienceMs ?? 10_000,
  })
  const tryAll = async <T, R>(
    all: readonly T[],
    once: (one: T) => Promise<R>,
    told: ((result: R) => void) | undefined,
  ): Promise<readonly R[]> => {
    const queue = [...all]
    const results: R[] = []
    const work = async (): Promise<void> => {
      for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
        const result = await once(one)
        results.push(result)
        told?.(result)
      }
    }
    await Promise.all(Array.from({ length: workers }, work))
    return results
  }

  return {
    async enumerate(scenario, processes) {
      const place = newPlace()
      copyRepository(original, place)
      const child = await pool.take()
      const instruction = { do: 'start', repo: place, scenario, hurry: true, compareDisk: true } as const
      const outcome = await child.ask(processes === undefined ? instruction : { ...instruction, processes })
      pool.giveBack(child)
      if (outcome.died) throw new Error(`${scenario}: the process died: ${outcome.stderr}`)
      if (outcome.answer.error) throw new Error(`${scenario}: ${outcome.answer.error.message}`)
      const { points, unchanged } = outcome.answer
      const evidence = gatherEvidence(place)
      const expectation = expectationOf(evidence, placePoints(points, unchanged, evidence.events))
      for (const folder of [place, `${place}.gump`]) rmSync(folder, { recursive: true, force: true })
      const { ends } = scenarioNamed(scenario)
      if (expectation.status === ends) return expectation
      const { reason } = outcome.answer.result ?? {}
      throw new Error(`${scenario}: it ${expectation.status}, and should have ${ends}: ${reason}`)
    },
    run: (attempts, expected, told) =>
      tryAll(attempts, (attempt) => crashOnce(benchFor(expected(attempt)), attempt), told),
    kill: (kills, expected, told) => tryAll(kills, (kill) => killOnce(benchFor(expected(kill)), kill), told),
    async close() {
      await pool.close()
      rmSync(top, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
