import type { DerivedStatus } from '@gump/history'
import type { EventOf, FileChange, RunLimits, TaskRecord, TurnAction, TurnLabel } from '@gump/ledger'
import type { Cost, Tokens } from './cost.js'
import type { Turns } from './turns.js'

/** Everything a report says about a run, as plain data. Times are epoch milliseconds, durations milliseconds. */
export interface RunReport {
  readonly id: string
  /** The id when the run has no name. */
  readonly alias: string
  readonly workflow: string
  readonly spec: string | null
  readonly status: DerivedStatus
  /** Why it did not pass. */
  readonly reason: string | null
  readonly failedStep: string | null
  readonly startedAt: number | null
  readonly endedAt: number | null
  /** Time the engine owned the run: what lies between two sessions is left out. */
  readonly durationMs: number
  /** Sum over all launches, failed and killed ones included. */
  readonly cost: Cost
  readonly spentOn: SpentOn
  readonly tokens: Tokens
  readonly turns: Turns
  readonly attempts: number
  readonly retries: number
  /** Retries that changed the agent. */
  readonly escalations: number
  readonly guardTrips: number
  readonly resumes: number
  /** When the run was owned: a new one begins with every resume. */
  readonly sessions: readonly { readonly startedAt: number; readonly endedAt: number }[]
  readonly replayOf: { readonly run: string; readonly alias: string | null; readonly step: string } | null
  readonly limits: RunLimits
  readonly exceeded: {
    readonly limit: EventOf<'budget_exceeded'>['limit']
    readonly allowed: number
    readonly observed: number
  } | null
  readonly gumpVersion: string | null
  readonly branch: string | null
  readonly baseCommit: string | null
  readonly commit: string | null
  /** In the order in which they were first entered. */
  readonly steps: readonly StepReport[]
  readonly warnings: readonly WarningReport[]
}

/** What the cost of a run went into; the parts add up to it. */
export interface SpentOn {
  readonly passed: Cost
  /** Attempts that failed, and those that did not come to an end. */
  readonly failed: Cost
  /** Workflows that judged attempts or informed agents. */
  readonly validators: Cost
}

/** A warning of a run. */
export interface WarningReport {
  readonly step: string | null
  readonly code: string | null
  readonly message: string
}

/** How a step stands; `interrupted`: the run stopped in it. */
export type StepStatus = 'pass' | 'fatal' | 'running' | 'parked' | 'paused' | 'interrupted'

/** One step of a run with its attempts. Sums leave out what was taken over from another run. */
export interface StepReport {
  readonly path: string
  /** The path with the names of tasks replaced by `*`: the same in every run of the workflow. */
  readonly key: string
  readonly kind: 'agent' | 'gate' | 'group' | 'workflow'
  readonly type: EventOf<'step_started'>['step_type'] | null
  readonly task: string | null
  /** What ran last, after escalation. */
  readonly agent: string | null
  readonly status: StepStatus
  readonly reason: string | null
  readonly maxAttempts: number
  readonly attempts: readonly AttemptReport[]
  /** All of them were made by the run that this one is a replay of; figures are those of its own attempts. */
  readonly replayed: boolean
  readonly retries: number
  readonly escalations: number
  readonly guardTrips: number
  readonly turns: Turns
  readonly cost: Cost
  readonly tokens: Tokens
  readonly durationMs: number
  /** Of the last attempt. */
  readonly gates: readonly GateReport[]
  /** Tasks of a split, or items that a group repeats over. */
  readonly items: readonly string[] | null
  readonly stateKeys: readonly string[]
  readonly conflicts: number
  readonly merged: boolean
  /** A code step that passed, and left every file as it was. */
  readonly unchanged: boolean
}

/** `fail`: it failed and was retried, or was the last one. */
export type AttemptStatus = 'pass' | 'fail' | 'running' | 'parked' | 'paused' | 'interrupted'

/** One attempt of a step as reports show it. Durations are milliseconds, times epoch milliseconds. */
export interface AttemptReport {
  /** It was made by the run that this one is a replay of, and is counted there. */
  readonly replayed: boolean
  readonly round: number
  readonly attempt: number
  readonly agent: string | null
  readonly status: AttemptStatus
  readonly reason: string | null
  readonly startedAt: number
  readonly endedAt: number | null
  readonly durationMs: number
  readonly cost: Cost
  readonly tokens: Tokens
  readonly turns: Turns
  readonly launches: readonly LaunchReport[]
  readonly gates: readonly GateReport[]
  readonly retry: RetryReport | null
  readonly files: readonly FileChange[]
  readonly insertions: number
  readonly deletions: number
  readonly tasks: readonly TaskRecord[] | null
  readonly verdict: boolean | null
  readonly comments: string | null
  readonly outputError: string | null
  readonly waits: readonly WaitReport[]
  readonly people: readonly {
    readonly at: 'before_gate' | 'after_gate'
    readonly decision: string | null
    readonly note: string | null
  }[]
}

/** A time in which an attempt waited; `endedAt` is null while it does. Epoch milliseconds. */
export interface WaitReport {
  readonly for: 'person' | 'provider'
  readonly startedAt: number
  readonly endedAt: number | null
}

/** Why the next attempt was made, and what it did differently. */
export interface RetryReport {
  readonly nextAttempt: number
  readonly cause: EventOf<'retry_triggered'>['cause']
  readonly reason: string
  readonly agent: string | null
  /** The agent changed. */
  readonly escalated: boolean
  /** What happened to it: `new` also where there was none to keep. */
  readonly session: 'keep' | 'new'
  readonly worktree: 'keep' | 'reset' | 'pristine'
  readonly restartFrom: string | null
  /** The agent that splits the failing item into parts. */
  readonly replan: string | null
}

/** How a launch ended; `interrupted`: nothing says how. */
export type LaunchStatus = 'completed' | 'failed' | 'killed' | 'running' | 'interrupted'

/** One start of an agent as reports show it. */
export interface LaunchReport {
  readonly launch: number
  readonly agent: string
  readonly model: string | null
  readonly status: LaunchStatus
  readonly reason: string | null
  readonly startedAt: number
  readonly endedAt: number | null
  readonly durationMs: number
  readonly cost: Cost
  readonly tokens: Tokens
  /** Those that were kept: where numbers are missing, some were left out. */
  readonly turns: readonly TurnReport[]
  /** As the agent reported it; the turns seen when it did not. */
  readonly turnCount: Turns
  /** Milliseconds until the first edit. */
  readonly ttfdMs: number | null
  /** null, like the next two: unknown. */
  readonly toolErrors: number | null
  /** Times it had to correct an edit after a command that failed. */
  readonly correctionLoops: number | null
  readonly repeatedActions: number | null
  readonly contextTokens: number | null
  readonly contextWindow: number | null
  /** The stream was not understood: figures are unknown. */
  readonly compat: boolean
  readonly sandbox: 'enforced' | 'detected' | null
  readonly level: EventOf<'agent_launched'>['level'] | null
  readonly sessionMode: 'new' | 'resume'
  readonly sessionId: string | null
  readonly parkedUntil: string | null
  readonly guards: readonly {
    readonly guard: string
    readonly reason: string
    readonly limit: string
    readonly observed: string
  }[]
  readonly artifacts: LaunchArtifacts
}

/** Paths relative to the run folder; the file may not exist when the launch ended early. */
export interface LaunchArtifacts {
  readonly prompt: string
  readonly stream: string
  readonly stderr: string
  readonly finalText: string | null
  readonly output: string | null
  readonly diff: string | null
}

/** One turn of an agent. */
export interface TurnReport {
  readonly n: number
  readonly label: TurnLabel
  readonly actions: readonly TurnAction[]
  readonly cost: Cost
  readonly tokens: Tokens
  readonly startedAt: number
  readonly durationMs: number
}

/** One gate of an attempt as reports show it. */
export interface GateReport {
  readonly gate: string
  readonly status: 'pass' | 'fail' | 'skipped' | 'running'
  readonly startedAt: number
  readonly durationMs: number
  readonly command: string | null
  readonly error: string | null
  readonly detail: string | null
  readonly comments: string | null
  readonly log: string | null
}
