import type { EventBodies, EventOf, RunLimits, RunOptions } from '@gump/ledger'
import type { Node } from './node.js'
import type { PersistentMap } from './persistent-map.js'
import type { Spent } from './spent.js'

/** Everything the ledger says about a run, folded. Never changed; {@link reduce} is the only producer. */
export interface RunState {
  readonly runId: string
  readonly started: EventOf<'run_started'> | null
  readonly limits: RunLimits
  readonly options: RunOptions
  readonly root: Node
  readonly workspaces: PersistentMap<WorkspaceState>
  /** Which workspace was given each place of the pool last. */
  readonly slots: PersistentMap<string>
  /** By workspace, the commits a person's edits were adopted on: old tip → new tip. */
  readonly adoptions: PersistentMap<PersistentMap<string>>
  readonly spent: Spent
  /** What each session has used over all its launches: resumed CLIs count from the session's start. */
  readonly sessions: PersistentMap<Spent>
  /** Sessions that are not continued, and why. */
  readonly deadSessions: PersistentMap<string>
  /** Why everything stops, once it does. Resume clears it. */
  readonly stop: Stop | null
  readonly ended: EventOf<'run_completed'> | null
  /** When it ended, in epoch milliseconds. */
  readonly endedAt: number | null
  /** The last limit that was exceeded, and the last reason for a stop that no retry cures, in any session. */
  readonly exceeded: EventBodies['budget_exceeded'] | null
  readonly broke: EventBodies['circuit_breaker'] | null
  readonly time: OwnedTime
  /** Timers that fired since the run was last taken up. */
  readonly fired: readonly string[]
  readonly replay: EventBodies['replay_started'] | null
  /** What was started since the run was last taken up, by its container. */
  readonly processes: PersistentMap<StartedProcess>
  readonly lastSeq: number
}

/** Something that was started for a run; without a process it was only announced. */
export interface StartedProcess {
  readonly container: string
  readonly pid?: number
  readonly pidStart?: string
}

/** Why a run stops before its workflow ends. */
export type Stop =
  | {
      readonly why: 'limit'
      readonly limit: 'max_budget' | 'max_tokens' | 'max_timeout'
      readonly reason: string
    }
  | { readonly why: 'cancel'; readonly reason: string }
  | { readonly why: 'breaker'; readonly step: string; readonly reason: string }

/** Time the engine owned the run, in epoch and plain milliseconds; waiting for a person is left out. */
export interface OwnedTime {
  readonly firstMs: number
  readonly lastMs: number
  /** Time of the event before the last. */
  readonly previousMs: number
  /** Owned in earlier sessions. */
  readonly closedMs: number
  /** Start of this session, or the end of the last pause in it. */
  readonly sinceMs: number
  /** Between sessions, when nobody worked on the run. */
  readonly awayMs: number
  /** Open pauses, and since when. */
  readonly pauses: number
  readonly pausedSinceMs: number
  /** Times the run was taken up again, and the line that says so. */
  readonly resumes: number
  readonly resumedSeq: number
  /** From when to when the run was owned before it was last taken up, and since when it is. */
  readonly before: readonly { readonly startedAt: number; readonly endedAt: number }[]
  readonly takenUpAt: number
}

/** A worktree of the run: `run`, or the path of a parallel branch. */
export interface WorkspaceState {
  readonly slot: number | null
  /** It stands; before that, only its place is taken. */
  readonly ready: boolean
  readonly released: boolean
  /** The commit whose tree the worktree holds; null when an agent or a command may have changed it. */
  readonly content: string | null
}
