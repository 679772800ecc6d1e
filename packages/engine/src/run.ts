import type { AgentEvent } from '@gump/agents'
import type { DerivedStatus } from '@gump/history'
import type { LedgerEvent, LedgerProblemKind, Usage } from '@gump/ledger'
import type { RunPlan } from './run-plan.js'

/** What happens between two ledger lines: not stored, only for displays. */
export interface LiveEvent {
  /** Path of the step. */
  readonly step: string
  readonly round: number
  readonly attempt: number
  readonly event: AgentEvent
}

/** A run that this process performs, started, resumed or replayed. */
export interface Run {
  /** A UUIDv7; the branch of the run is `gump/run-<id>`. */
  readonly id: string
  /** Its short name, such as `run_2026_11_21_1504`. */
  readonly alias: string
  /** Absolute path of its folder, with the ledger and the artifacts. */
  readonly dir: string
  /** The ledger's own events from the run's first line on; ends when the run stops. May be iterated more than once. */
  readonly events: AsyncIterable<LedgerEvent>
  /** Subscribes to what happens between ledger lines; returns a function that ends it. */
  onLive(listener: (event: LiveEvent) => void): () => void
  /** Resolves when the run stops, whatever its status; rejects only when its ledger cannot be written. */
  readonly result: Promise<RunResult>
  /** Stops the agents, records the reason, and resolves when the run has stopped; it stays resumable. */
  cancel(reason?: string): Promise<void>
}

/** A run that was just started. */
export interface StartedRun extends Run {
  /** What it is going to do, as {@link Engine.plan} tells it, without looking at everything a second time. */
  plan(): Promise<RunPlan>
}

/** What is true of a run now. `interrupted`: no process owns it, and it can be resumed. */
export type RunStatus = DerivedStatus

/** How a run ended, or why it stopped. */
export interface RunResult {
  readonly id: string
  readonly status: RunStatus
  readonly usage: Usage
  /** What all of it has cost, in USD; `usage.cost_source` says how that is known. */
  readonly costUsd: number
  /** Milliseconds this and earlier processes worked on it, without pauses. */
  readonly durationMs: number
  /** Tip of the run branch. */
  readonly commit: string
  /** The user's HEAD when the run started. */
  readonly baseCommit: string
  /** Path of the step that failed, in a run that did. */
  readonly failedStep?: string
  /** Why it failed or stopped, in one line. */
  readonly reason?: string
  /** Set when a limit stopped the run. */
  readonly limitExceeded?: 'max_budget' | 'max_tokens' | 'max_timeout'
  /** Every step that ended, in the order of the tree. */
  readonly steps: readonly { readonly path: string; readonly status: 'pass' | 'fatal' }[]
}

/** One run as `status` and `runs` show it. */
export interface RunSummary {
  readonly id: string
  readonly alias: string
  readonly status: RunStatus
  readonly workflow: string
  readonly startedAt: string
  readonly endedAt: string | null
  /** Time it was worked on, without pauses and the time between two sessions; null until it has ended. */
  readonly durationMs: number | null
  readonly usage: Usage
  readonly dir: string
  /** Where its worktree is, or would be. */
  readonly worktree: string
  /** Where it is at work, or where it has stopped. */
  readonly currentSteps: readonly string[]
  /** The worktrees of those steps; a step that another one has taken its place from has none. */
  readonly stepWorktrees: Readonly<Record<string, string>>
  /** Of the live process that owns the run. */
  readonly ownerPid: number | null
  /** All that it made so far is in the user's branch; not when it was resumed after a part was applied. */
  readonly applied: boolean
  /** It made commits that could be applied. */
  readonly hasWork: boolean
  /** A step that has not passed left changes behind: resume continues from them, or a person is to judge them. */
  readonly hasUnfinished: boolean
  /** What is wrong with its ledger; null: nothing. */
  readonly problem: RunProblem | null
  /** What git alone tells of a run that cannot be read, or whose folder is gone; null for all others. */
  readonly remains: RunRemains | null
}

/** Why nothing is known of a run, or not all. */
export interface RunProblem {
  /** `figures`: the ledger can be read, and some of its numbers make no sense and count as 0. */
  readonly kind: LedgerProblemKind | 'lost' | 'figures'
  /** For people, as the end of a sentence: `its ledger is damaged in line 12`. */
  readonly text: string
}

/** What a run has left in the repository. */
export interface RunRemains {
  /** null: it is gone. */
  readonly branch: string | null
  /** Commits that no branch, tag or remote of the user's has. */
  readonly commits: number
  readonly worktrees: readonly string[]
  /** For people, as the end of a sentence. */
  readonly text: string
}
