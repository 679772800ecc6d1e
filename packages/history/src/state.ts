import type {
  AgentFailureCause,
  AgentFailureKind,
  ArtifactRef,
  EventBodies,
  RunLimits,
  RunOptions,
} from '@gump/ledger'
import type { Spent } from './spent.js'

/** Everything the ledger says about a run, folded. Plain data; {@link reduce} is the only producer. */
export interface RunState {
  readonly runId: string
  readonly started: EventBodies['run_started'] | null
  readonly limits: RunLimits
  readonly options: RunOptions
  readonly root: Node
  readonly workspaces: Readonly<Record<string, WorkspaceState>>
  /** By workspace, the commits a person's edits were adopted on: old tip → new tip. */
  readonly adoptions: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly spent: Spent
  /** What each session has used over all its launches: resumed CLIs count from the session's start. */
  readonly sessions: Readonly<Record<string, Spent>>
  /** Sessions that are not gone on with any more, and why. */
  readonly deadSessions: Readonly<Record<string, string>>
  /** Why everything stops, once it does. Resume clears it. */
  readonly stop: Stop | null
  readonly ended: EventBodies['run_completed'] | null
  readonly time: OwnedTime
  /** Timers that fired since the run was last taken up. */
  readonly fired: readonly string[]
  readonly replay: { readonly fromRun: string; readonly fromStep: string } | null
  readonly lastSeq: number
}

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
  /** Start of this session. */
  readonly sinceMs: number
  /** Between sessions, when nobody worked on the run. */
  readonly awayMs: number
  /** Open pauses, and since when. */
  readonly pauses: number
  readonly pausedSinceMs: number
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

/** One place in the tree of steps: a step, a task of an each, a validator inside a gate. */
export interface Node {
  readonly children: Readonly<Record<string, Node>>
  /** Raised whenever the step is entered again. */
  readonly round: number
  /** Of this round. */
  readonly attempts: readonly Attempt[]
  /** The last attempt of the round before. */
  readonly earlier: Attempt | null
  readonly completed: Completed | null
  /** Of a split whose each was entered, and of a parallel or repeated group. */
  readonly items: Items | null
  readonly integrated: string | null
  /** Times this branch ran again because it could not be merged. */
  readonly conflicts: number
  /** Where a branch that runs again starts from. */
  readonly rerunBase: string | null
  /** The state it could not be merged into, when that stopped the run. */
  readonly conflictsWith: string | null
  /** Of an item that was too much for one task: who splits it, and what went wrong. */
  readonly replan: { readonly agent: string; readonly reason: string } | null
  /** The session an attempt after resume goes on with. */
  readonly carrySession: string | null
}

export interface Items {
  readonly names: readonly string[]
  readonly base: string
  readonly parallel: boolean
}

export interface Completed {
  readonly status: 'pass' | 'fatal' | 'skipped'
  readonly commit: string
  readonly reason: string | null
  readonly durationMs: number
}

/** One try of a step: what was launched, how it was judged, and what came next. */
export interface Attempt {
  readonly kind: 'agent' | 'gate' | 'group' | 'workflow'
  readonly round: number
  readonly attempt: number
  readonly agent: string | null
  readonly task: string | null
  readonly base: string
  readonly workspace: string
  /** Without the time between sessions before it, as everything that is measured in attempts. */
  readonly startedMs: number
  /** Spent waiting for a person. */
  readonly waitedMs: number
  readonly launches: readonly Launch[]
  readonly gates: Readonly<Record<string, GateFact>>
  readonly pauses: Readonly<Partial<Record<'before_gate' | 'after_gate', Pause>>>
  readonly retry: EventBodies['retry_triggered'] | null
}

export interface Pause {
  readonly sinceMs: number
  readonly decision: 'continue' | 'retry' | 'abort' | null
  readonly note: string | null
  /** What the person had changed meanwhile is on record. */
  readonly settled: boolean
}

export interface GateFact {
  readonly status: 'pass' | 'fail' | 'skipped'
  readonly error: string
  readonly comments: string | null
}

/** One start of an agent within an attempt. */
export interface Launch {
  readonly n: number
  readonly agent: string | null
  readonly container: string | null
  readonly pid: number | null
  readonly pidStart: string | null
  readonly sessionId: string | null
  /** It was started to go on with a session. */
  readonly resumes: boolean
  /** Sum of the turns seen, until the outcome brings the final figures. */
  readonly spent: Spent
  /** null: they could not be counted. */
  readonly turns: number | null
  readonly outcome: LaunchOutcome | null
  /** It ended without a result of its own (crash, cancellation, limit): another launch repeats it. */
  readonly lost: boolean
  readonly guard: EventBodies['guard_triggered'] | null
  readonly parkedUntil: string | null
  readonly unparked: boolean
  readonly snapshot: EventBodies['snapshot_created'] | null
  readonly output: EventBodies['output_collected'] | null
  readonly durationMs: number
  /** The agent's last message. */
  readonly finalText: ArtifactRef | null
}

/** How a launch ended. */
export type LaunchOutcome =
  | { readonly kind: 'completed' }
  | {
      readonly kind: 'failed'
      readonly cause: AgentFailureCause
      /** What the failure is about, where that is known. */
      readonly about: AgentFailureKind | null
      readonly message: string
      readonly remedy: string | null
      readonly sessionRefused: boolean
      readonly limitOf: 'model' | null
      readonly retryAt: string | null
      readonly endedMs: number
    }
  | { readonly kind: 'killed'; readonly by: EventBodies['agent_killed']['by']; readonly reason: string }
