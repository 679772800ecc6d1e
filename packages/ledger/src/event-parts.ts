import type { ArtifactRef, Usage } from './envelope.js'

/** The limits of a whole run. Absent: none. */
export interface RunLimits {
  readonly max_budget_usd?: number
  readonly max_tokens?: number
  readonly max_timeout_ms?: number
}

/** Choices of the caller that shape what the run does; everything the pure core needs to know about flags and configuration. */
export interface RunOptions {
  readonly jobs: number
  readonly pause_after: readonly string[]
  readonly park: boolean
  readonly agent_override: string | null
  readonly default_agent: string
  /** Agent name → the agent that stands in for it. */
  readonly agent_aliases: Readonly<Record<string, string>>
  readonly allow_unpriced: boolean
  /** A person can be asked during the run; otherwise a pause ends the process. */
  readonly interactive: boolean
}

/**
 * How firmly a process is held, from strong to weak: its own pid namespace, a cgroup, a process group; or none was
 * started.
 */
export type ContainerLevel = 'namespace' | 'cgroup' | 'group' | 'embedded'

/** What a turn was mostly spent on, judged by its tools. */
export type TurnLabel =
  | 'exploration'
  | 'coding'
  | 'writing'
  | 'execution'
  | 'planning'
  | 'reasoning'
  | 'reviewing'
  | 'mixed'

/** What a tool call does, whatever the program calls it. */
export type ToolKind = 'read' | 'write' | 'edit' | 'shell' | 'search' | 'other'

/** One tool call of a turn. `ok` is absent while its result is unknown. */
export interface TurnAction {
  readonly kind: ToolKind
  readonly tool: string
  readonly target?: string
  readonly ok?: boolean
}

/** Why a launch failed, as far as the engine has to tell failures apart. */
export type AgentFailureCause =
  | 'error'
  | 'auth'
  | 'quota'
  | 'limit'
  | 'interrupted'
  | 'no_result'
  | 'configuration'

/** What a failure is about, where that is known. */
export type AgentFailureKind =
  | 'quota'
  | 'overload'
  | 'credit'
  | 'sign_in'
  | 'model'
  | 'configuration'
  | 'budget'
  | 'length'
  | 'context'
  | 'refusal'
  | 'network'
  | 'server'
  | 'request'

/** What was measured of one launch. */
export interface AgentMetrics {
  readonly session_id?: string
  /** What this launch used, and only this launch. */
  readonly usage: Usage
  readonly turns: number
  readonly duration_ms: number
  /** Milliseconds until the first edit. */
  readonly ttfd_ms?: number
  readonly tool_errors?: number
  readonly repeated_actions?: number
  readonly context_tokens?: number
  readonly context_window?: number
  /** The stream was not understood; metrics are unknown. */
  readonly compat?: boolean
  readonly final_text?: ArtifactRef
  readonly exit_code?: number | null
  readonly signal?: string | null
}

/** One task that a split step found. */
export interface TaskRecord {
  /** Path segment made from the name; unique among its siblings. */
  readonly slug: string
  readonly name: string
  readonly description: string
  readonly files?: readonly string[]
  /** Everything else the split wrote for the task. */
  readonly extra?: Readonly<Record<string, unknown>>
}

/** One changed path of a snapshot. Lines are null for binary files. */
export interface FileChange {
  readonly path: string
  readonly status: 'added' | 'modified' | 'deleted' | 'renamed' | 'type'
  readonly insertions: number | null
  readonly deletions: number | null
}

/** What every result of a gate has. */
export interface GateFacts {
  readonly gate: string
  readonly duration_ms: number
  readonly exit_code?: number | null
  readonly log?: ArtifactRef
  readonly detail?: string
  /** What a validator had to say. */
  readonly comments?: string
}
