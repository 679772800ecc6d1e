import type { AgentFailureCause, AgentFailureKind, ArtifactRef, EventBodies, EventOf } from '@gump/ledger'
import type { PersistentMap } from './persistent-map.js'
import type { Place } from './place.js'
import type { Spent } from './spent.js'

/** One place in the tree of steps: a step, a task of an each, a validator inside a gate. */
export interface Node {
  readonly is: Place
  readonly children: PersistentMap<Node>
  /** Raised whenever the step is entered again. */
  readonly round: number
  /** Of this round. */
  readonly attempts: readonly Attempt[]
  /** Of the rounds before, oldest first. */
  readonly past: readonly Attempt[]
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
  /** The session an attempt after resume continues with. */
  readonly carrySession: string | null
  /** What stays known of it over all rounds. */
  readonly known: Known
}

/** What stays known of a node over all its rounds. */
export interface Known {
  /** The names of its tasks or items, as they were last given. */
  readonly items: readonly string[] | null
  /** The keys of the state bag that it last set. */
  readonly keys: readonly string[]
  /** Of a group: a branch was merged, and how often one could not be. */
  readonly merged: boolean
  readonly conflicts: number
}

/** What a node repeats over. */
export interface Items {
  readonly names: readonly string[]
  readonly has: ReadonlySet<string>
  readonly base: string
  readonly parallel: boolean
}

/** How a step ended. */
export interface Completed {
  readonly status: 'pass' | 'fatal'
  readonly commit: string
  readonly reason: string | null
  readonly durationMs: number
}

/** One try of a step: what was launched, how it was judged, and what came next. */
export interface Attempt {
  readonly kind: 'agent' | 'gate' | 'group' | 'workflow'
  readonly stepType: EventBodies['step_started']['step_type'] | null
  readonly round: number
  readonly attempt: number
  readonly maxAttempts: number
  /** Who works on it. */
  readonly agent: string | null
  /** Whom the step named when it began; a person may have given it to another one since. */
  readonly named: string | null
  readonly task: string | null
  readonly base: string
  readonly workspace: string
  /** It was made by the run that this one replays, and is counted there. */
  readonly replayed: boolean
  /** The line it began with. */
  readonly seq: number
  /** Epoch milliseconds of its first line and of the last one about it. */
  readonly startedAt: number
  readonly lastAt: number
  /** The same without the time between sessions before it, as everything that is measured in attempts. */
  readonly startedMs: number
  readonly lastMs: number
  /** Spent waiting for a person. */
  readonly waitedMs: number
  readonly launches: readonly Launch[]
  /** What counts in judging it; after edits of a person it is judged again. */
  readonly gates: Readonly<Record<string, GateFact>>
  /** Every gate that ran, with what it said last. */
  readonly judged: readonly GateRun[]
  readonly pauses: Readonly<Partial<Record<'before_gate' | 'after_gate', Pause>>>
  readonly retry: EventOf<'retry_triggered'> | null
  readonly completed: EventOf<'step_completed'> | null
}

/** A person was asked about an attempt. */
export interface Pause {
  readonly sinceMs: number
  readonly decision: 'continue' | 'retry' | 'abort' | null
  readonly note: string | null
  /** What the person had changed meanwhile is on record. */
  readonly settled: boolean
}

/** What a gate said, as far as judging goes. */
export interface GateFact {
  readonly status: 'pass' | 'fail' | 'skipped'
  readonly error: string
  readonly comments: string | null
}

/** The lines of one gate in an attempt. */
export interface GateRun {
  readonly name: string
  readonly started: EventOf<'gate_started'> | null
  readonly result: EventOf<'gate_passed'> | EventOf<'gate_failed'> | EventOf<'gate_skipped'> | null
}

/** How a launch ended, as its line says. */
export type LaunchEnd = EventOf<'agent_completed'> | EventOf<'agent_failed'> | EventOf<'agent_killed'>

/** One start of an agent within an attempt. */
export interface Launch {
  readonly n: number
  readonly agent: string | null
  readonly sessionId: string | null
  /** It was started to continue a session. */
  readonly resumes: boolean
  /** Sum of the turns seen, until the outcome brings the final figures. */
  readonly spent: Spent
  readonly outcome: LaunchOutcome | null
  /** It ended without a result of its own (crash, cancellation, limit): another launch repeats it. */
  readonly lost: boolean
  readonly guard: EventOf<'guard_triggered'> | null
  readonly parkedUntil: string | null
  readonly unparked: boolean
  readonly snapshot: EventOf<'snapshot_created'> | null
  readonly output: EventOf<'output_collected'> | null
  readonly durationMs: number
  /** The agent's last message. */
  readonly finalText: ArtifactRef | null
  /** It is no start of an agent: it stands for what a person made of the attempt. */
  readonly byPerson: boolean
  readonly launching: EventOf<'agent_launching'> | null
  readonly launched: EventOf<'agent_launched'> | null
  readonly ended: LaunchEnd | null
  readonly guards: readonly EventOf<'guard_triggered'>[]
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
