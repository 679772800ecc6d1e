import type { ArtifactRef, AttemptId, Envelope, LaunchId, Usage } from './envelope.js'
import type {
  AgentFailureCause,
  AgentFailureKind,
  AgentMetrics,
  ContainerLevel,
  FileChange,
  GateFacts,
  RunLimits,
  RunOptions,
  TaskRecord,
  TurnAction,
  TurnLabel,
} from './event-parts.js'

/** Bodies of all events, by type. A ledger line is an {@link Envelope}, `type`, and one of these. */
export interface EventBodies {
  run_started: {
    readonly alias: string
    readonly workflow: { readonly name: string; readonly source: string; readonly sha256: string }
    readonly spec: { readonly path: string; readonly sha256: string } | null
    readonly base_commit: string
    readonly branch: string
    /** The branch the user was on; null when HEAD was detached. */
    readonly user_branch: string | null
    /** Folder of its worktrees, absolute or relative to the repository; absent: `.gump/worktrees`, as in older versions. */
    readonly worktrees?: string
    readonly agents: Readonly<
      Record<
        string,
        {
          readonly adapter: string
          readonly cli: string | null
          readonly version: string | null
          readonly model: string | null
          /** The adapter can continue a session. */
          readonly resume: boolean
        }
      >
    >
    readonly limits: RunLimits
    readonly inputs: Readonly<Record<string, string>>
    readonly options: RunOptions
    readonly gump_version: string
  }
  run_resumed: {
    readonly owner: number
    /** New limits, when the caller raised them. */
    readonly limits?: RunLimits
    readonly options?: Partial<RunOptions>
    /** True: steps that had failed their last attempt are entered again. */
    readonly retry_failed: boolean
  }
  /** The run was asked to stop; agents are stopped and the run ends as cancelled. */
  cancel_requested: { readonly reason: string }
  replay_started: { readonly from_run: string; readonly from_alias?: string; readonly from_step: string }
  /** In the history of a replay: here the old run was resumed, or the new one continues from it. */
  history_resumed: { readonly retry_failed: boolean }
  /** A place in the worktree pool was given to a parallel branch. */
  workspace_assigned: { readonly workspace: string; readonly slot: number }
  /** The worktree of the run (`workspace` = `run`) or of a parallel branch stands at `commit`. */
  workspace_ready: {
    readonly workspace: string
    readonly commit: string
    readonly slot: number | null
    readonly setup_ms?: number
  }
  /** A command of the set-up of a worktree, or a copy of dependencies: at its start, now and then, and at its end. */
  setup_progress: {
    readonly workspace: string
    /** The command, or what is copied from where. */
    readonly what: string
    readonly elapsed_ms: number
    /** What it has brought so far. */
    readonly bytes?: number
    /** True for the last one. */
    readonly done: boolean
  }
  step_started: AttemptId & {
    readonly kind: 'agent' | 'gate' | 'group' | 'workflow'
    readonly step_type?: 'code' | 'split' | 'validate' | 'artifact'
    readonly agent?: string
    readonly task?: string
    readonly max_attempts: number
    readonly session_mode?: 'new' | 'resume'
    readonly base_commit: string
    readonly workspace: string
  }
  group_started: AttemptId & {
    readonly items?: readonly string[]
    readonly parallel: boolean
    /** True: the tasks of a split that has passed; absent: a group of steps. */
    readonly each?: boolean
    readonly max_attempts: number
    readonly base_commit: string
    readonly workspace: string
  }
  agent_launching: LaunchId & {
    readonly agent: string
    readonly model: string | null
    readonly container: string
    /** Command line; the prompt is replaced by `<prompt sha256:…>`. */
    readonly argv: readonly string[]
    readonly prompt: ArtifactRef
    readonly session_mode: 'new' | 'resume'
    readonly session_id?: string
  }
  agent_launched: LaunchId & {
    readonly pid: number | null
    readonly pid_start: string | null
    readonly level: ContainerLevel
    readonly sandbox: 'enforced' | 'detected'
  }
  session_started: LaunchId & { readonly session_id: string }
  turn_completed: LaunchId & {
    readonly n: number
    readonly label: TurnLabel
    readonly actions: readonly TurnAction[]
    /** What this turn added. */
    readonly usage: Usage
    readonly duration_ms: number
  }
  agent_completed: LaunchId & AgentMetrics
  agent_failed: LaunchId &
    AgentMetrics & {
      readonly cause: AgentFailureCause
      readonly kind?: AgentFailureKind
      /** The limit is of this model; others of the provider continue. */
      readonly limit_of?: 'model'
      readonly message: string
      /** What to do about it, for causes that no retry cures. */
      readonly remedy?: string
      /** The provider did not know the session; a fresh launch follows in the same attempt. */
      readonly session_refused?: boolean
      /** ISO 8601: when the provider said to come back. */
      readonly retry_at?: string
    }
  agent_killed: LaunchId &
    AgentMetrics & {
      readonly reason: string
      readonly by: 'guard' | 'limit' | 'cancel' | 'sibling' | 'timeout' | 'lost'
    }
  agent_parked: LaunchId & { readonly until: string; readonly reason: string }
  agent_unparked: LaunchId
  guard_triggered: LaunchId & {
    readonly guard: string
    readonly reason: string
    readonly limit: string
    readonly observed: string
  }
  /** The attempt's output was read; `error` says why it could not be. */
  output_collected: LaunchId & {
    readonly output?: ArtifactRef
    readonly tasks?: readonly TaskRecord[]
    readonly verdict?: boolean
    readonly comments?: string
    readonly from: 'tree' | 'file' | 'message' | 'none'
    readonly error?: string
  }
  snapshot_created: LaunchId & {
    readonly commit: string
    readonly tree: string
    readonly ref: string
    readonly files: readonly FileChange[]
    readonly insertions: number
    readonly deletions: number
    readonly diff: ArtifactRef
    /** Set when it holds what a person made of the attempt while it waited for them; `launch` is then one of its own. */
    readonly by?: 'person'
  }
  /** A shell command of the project is about to be started: for a gate, for a prompt, or to set a worktree up. */
  command_launching: { readonly container: string; readonly step?: string }
  command_launched: {
    readonly container: string
    readonly pid: number
    readonly pid_start: string
    readonly level: Exclude<ContainerLevel, 'embedded'>
    readonly sandbox: 'enforced' | 'detected'
  }
  gate_started: AttemptId & { readonly gate: string; readonly command?: string }
  gate_passed: AttemptId & GateFacts
  gate_failed: AttemptId & GateFacts & { readonly error: string }
  gate_skipped: AttemptId & { readonly gate: string; readonly reason: string }
  retry_triggered: AttemptId & {
    /** The attempt that will run next. */
    readonly next_attempt: number
    readonly cause: 'gate' | 'guard' | 'review' | 'agent'
    readonly reason: string
    /** Indices of the retry entries that matched, and what they changed. */
    readonly matched: readonly number[]
    readonly agent?: string
    readonly session: 'keep' | 'new'
    readonly worktree: 'keep' | 'reset' | 'pristine'
    readonly restart_from?: string
    /** This agent splits the item at the path `item`; the parts are worked on in its place. */
    readonly replan?: string
    readonly item?: string
    /** Where the next attempt of a group starts from. */
    readonly base_commit?: string
    /** Paths that are entered again, each with a new round. */
    readonly reopened?: readonly string[]
    readonly escalated: boolean
  }
  integrated: {
    readonly step: string
    readonly task: string
    readonly commit: string
    readonly merged: string
    readonly base_commit: string
  }
  conflict: {
    readonly step: string
    readonly task: string
    readonly files: readonly string[]
    readonly action: 'rerun' | 'fatal'
    /** The integrated state that the branch runs again on top of. */
    readonly onto: string
  }
  hitl_paused: AttemptId & { readonly at: 'before_gate' | 'after_gate' }
  hitl_resumed: AttemptId & {
    readonly at: 'before_gate' | 'after_gate'
    readonly decision: 'continue' | 'retry' | 'abort'
    readonly note?: string
  }
  /** The person asked did not want to answer yet; the process that asked asks nobody any more. */
  hitl_deferred: AttemptId & { readonly at: 'before_gate' | 'after_gate' }
  /** After an answer: whether the person had changed files; what they changed was recorded just before. */
  hitl_settled: AttemptId & { readonly at: 'before_gate' | 'after_gate'; readonly edited: boolean }
  /** A person's edits became a commit on top of `from`, which it takes the place of in its worktree. */
  edits_adopted: { readonly workspace: string; readonly from: string; readonly to: string }
  timer_fired: { readonly timer: string }
  budget_exceeded: {
    readonly limit: 'max_budget' | 'max_tokens' | 'max_timeout'
    readonly allowed: number
    readonly observed: number
    readonly step?: string
  }
  /** Something no retry cures stops the run; it burns no attempt, and resume continues after the cause is gone. */
  circuit_breaker: { readonly step: string; readonly reason: string; readonly remedy?: string }
  warning: { readonly code?: string; readonly message: string; readonly step?: string }
  state_updated: { readonly step: string; readonly keys: readonly string[] }
  step_completed: AttemptId & {
    readonly kind: 'agent' | 'gate' | 'group' | 'workflow'
    /** `fatal`: the last attempt failed. */
    readonly status: 'pass' | 'fatal'
    /** The commit the workspace stands at afterwards. */
    readonly commit: string
    /** The commit whose tree its files hold; differs from `commit` after a failure. Absent: files untouched. */
    readonly content?: string
    readonly reason?: string
    readonly duration_ms: number
    readonly usage: Usage
    readonly turns: number
  }
  run_completed: {
    readonly status: 'passed' | 'failed' | 'cancelled' | 'paused'
    readonly reason?: string
    readonly step?: string
    readonly usage: Usage
    readonly duration_ms: number
    readonly commit: string
  }
}

/** The name of an event. */
export type EventType = keyof EventBodies

/** One event as it is handed to the appender: no envelope yet. */
export type NewEvent = {
  [T in EventType]: { readonly type: T; readonly replayed?: true } & EventBodies[T]
}[EventType]

/** One line of the ledger. */
export type LedgerEvent = { [T in EventType]: Envelope & { readonly type: T } & EventBodies[T] }[EventType]

/** The line of one type. */
export type EventOf<T extends EventType> = Extract<LedgerEvent, { readonly type: T }>
