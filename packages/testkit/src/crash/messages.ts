import type { Engine, RunResult, RunSummary } from '@gump/engine'
import type { ContainmentLevel } from '@gump/process'
import type { PointId } from './fault-counter.js'

/** What a child process is asked to do; one at a time. */
export interface Instruction {
  /** `look` only reads the status of the repository's runs, `apply` merges the newest. */
  readonly do: 'start' | 'resume' | 'look' | 'apply'
  readonly repo: string
  /** Name of a scenario. */
  readonly scenario: string
  readonly processes?: ContainmentLevel
  /** End by SIGKILL here; there is no answer then, unless the run never gets there. */
  readonly dieAt?: PointId
  /** Agents do not sleep. */
  readonly hurry?: boolean
  /** Tell at which points nothing on the disk had changed since the point before. */
  readonly compareDisk?: boolean
  /** End by SIGKILL at the point of this number, from 1. */
  readonly dieAtNumber?: number
}

/** What came of an instruction. */
export interface Answer {
  /** Runs of the repository before anything was done, newest first. */
  readonly runs: readonly Pick<RunSummary, 'id' | 'status' | 'ownerPid'>[]
  readonly points: readonly PointId[]
  /** One per point when the disk was compared: to die here is to die at the point before. */
  readonly unchanged: readonly boolean[]
  /** Of what was started or resumed. */
  readonly result: RunResult | null
  /** The result of an apply. */
  readonly applied: Awaited<ReturnType<Engine['apply']>>['status'] | null
  /** Absent: it went well. */
  readonly error?: { readonly code: string | null; readonly message: string }
}
