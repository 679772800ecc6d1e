import type { RunResult, RunStatus } from '@gump/engine'
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

export type Answer =
  | {
      readonly ok: true
      /** Runs of the repository before anything was done. */
      readonly runs: readonly { readonly id: string; readonly status: RunStatus }[]
      /** Of what was started or resumed. */
      readonly result: RunResult | null
      readonly points: readonly PointId[]
      /** One per point when the disk was compared: to die here is to die at the point before. */
      readonly unchanged: readonly boolean[]
    }
  | {
      readonly ok: false
      /** Code of the GumpError, or null for another. */
      readonly code: string | null
      readonly message: string
      readonly points: readonly PointId[]
    }
