import type { AgentEvent } from '@gump/agents'
import type { Effect } from '@gump/core'
import type { ErrorCode } from '@gump/errors'
import type { LedgerEvent, NewEvent } from '@gump/ledger'

/** What a step executor may be asked to perform: every effect but the recording of a fact. */
export type PerformedEffect = Exclude<Effect, { readonly kind: 'record' }>

/**
 * One effect to perform, as plain JSON. It names no folder of the machine that asks: a worktree is a name and a commit.
 * Patterns and commands in it are those of the workflow.
 */
export interface StepRequest {
  /** Version of requests, reports and results. */
  readonly v: 1
  /** Id of the run. */
  readonly run: string
  /**
   * Id of the effect: the same whenever the same thing is asked for, in this process or, after a crash, in the next
   * one. A launch that was lost is another effect, with a higher `launch`.
   */
  readonly id: string
  readonly kind: PerformedEffect['kind']
  /** Path of the step; null for effects that prepare or join worktrees, and for timers. */
  readonly step: string | null
  readonly round: number | null
  readonly attempt: number | null
  readonly launch: number | null
  /** Name of the worktree; null: none is needed. */
  readonly workspace: string | null
  /** The commit that must be there before it can be performed; null: none. */
  readonly base: string | null
  /** `seq` of the last ledger line that was known when this was asked for: the performer must know as much. */
  readonly after: number
  /** Everything else. */
  readonly effect: PerformedEffect
}

/** Events of one effect, in the order in which they happened. */
export interface StepReport {
  readonly v: 1
  readonly id: string
  /** How many events of this request came before: reports may come twice, and never leave any out. */
  readonly from: number
  readonly events: readonly NewEvent[]
}

/** What happens between two events: shown, not stored, and lost without harm. */
export interface StepLive {
  readonly step: string
  readonly round: number
  readonly attempt: number
  readonly event: AgentEvent
}

/** Where an executor tells what happens. */
export interface StepReports {
  /**
   * Writes events into the ledger, once; those of a report that came before, or after the result, are left out.
   *
   * @throws GumpError `GUMP-R999` when events are missing in between, `GUMP-L002`, `GUMP-L009` or `GUMP-L013` when the
   * ledger cannot be written: the effect must end then.
   */
  report(report: StepReport): void
  live(live: StepLive): void
}

/** How performing an effect ended. That an agent or a gate failed is an event; `failed` is what no retry cures. */
export type StepResult =
  | { readonly v: 1; readonly id: string; readonly status: 'done'; readonly events: number }
  | { readonly v: 1; readonly id: string; readonly status: 'failed'; readonly error: StepError }

/** A `GumpError` as plain JSON. */
export interface StepError {
  readonly code: ErrorCode
  readonly message: string
  readonly remedy?: string
}

/** Why an effect is no longer wanted; the reason of the `AbortSignal` that says so. */
export interface Stopping {
  readonly by: 'limit' | 'cancel' | 'sibling' | 'lost'
  readonly reason: string
}

/**
 * Seam: who performs effects. The run decides what should be in progress, and starts and stops it here; the default does
 * it in this process.
 *
 * - `execute` settles when nothing of the effect is running any more, and after its last report. It may reject instead of
 *   answering `failed`.
 * - `signal` says that the effect is no longer wanted; its reason is a {@link Stopping}. What has happened by then is
 *   still reported, and the promise settles as soon as the program has ended.
 * - The same request may come again after a crash of the asking process. All effects but `launch` can be performed again; a
 *   `launch` that has begun is never asked for again under its id.
 */
export interface StepExecutor {
  execute(request: StepRequest, reports: StepReports, signal: AbortSignal): Promise<StepResult>
}

/** The run whose effects an executor performs. */
export interface ExecutedRun {
  readonly id: string
  readonly alias: string
  /** Folder of the run on this machine; an executor elsewhere has one of its own. */
  readonly dir: string
  /** Ledger lines after a `seq`, from the first line with 0: what a performing machine must know. */
  history(after: number): readonly LedgerEvent[]
}

/**
 * Makes the executor of a run.
 *
 * @param local - performs in this process; for what has to be done here, such as asking a person.
 */
export type ExecutorFactory = (local: StepExecutor, run: ExecutedRun) => StepExecutor
