import type { FailureCause, GateSpec, Step, StepType, AgentStep, Prompt } from '@gump/schema'
import type { LaunchId, NewEvent, TaskRecord } from '@gump/ledger'
import type { Frame } from './frame.js'

/** What should be in progress now. The shell starts what is missing and cancels what is no longer asked for. */
export type Effect =
  | RecordEffect
  | WorkspaceEffect
  | LaunchEffect
  | CollectEffect
  | GateEffect
  | RestoreEffect
  | AskEffect
  | EditsEffect
  | TimerEffect
  | IntegrateEffect
  | CompleteEffect

/** Appends a fact that follows from what is known; takes no time. */
export interface RecordEffect {
  readonly kind: 'record'
  readonly id: string
  readonly event: NewEvent
}

/** Makes a worktree ready for a parallel branch. */
export interface WorkspaceEffect {
  readonly kind: 'workspace'
  readonly id: string
  readonly workspace: string
  readonly slot: number | null
  readonly commit: string
}

export interface Place {
  readonly step: Step
  readonly frame: Frame
  readonly path: string
  readonly workspace: string
}

/** Launches an agent: brings the worktree to `tree`, assembles the prompt, supervises to the end. */
export interface LaunchEffect extends Place {
  readonly kind: 'launch'
  readonly id: string
  readonly step: AgentStep
  readonly launch: LaunchId
  readonly agent: string
  /** Whose quota it uses. */
  readonly provider: string
  readonly model: string
  /** It has been started, and is in progress. */
  readonly begun: boolean
  readonly task: TaskRecord | null
  readonly session: { readonly mode: 'new' } | { readonly mode: 'resume'; readonly id: string }
  /** Worth a warning: why a session that was asked for is not resumed. */
  readonly sessionNote: string | null
  readonly tree: TreeTarget
  /** What an interrupted launch left is first kept under this launch's ref. */
  readonly salvage: { readonly launch: LaunchId; readonly agent: string } | null
  readonly base: string
  readonly mode: 'read-write' | 'read-only' | 'none'
  /** The prompt override in force; null: the step's own prompt. */
  readonly prompt: Prompt | null
  readonly maxAttempts: number
  readonly escalated: boolean
}

/** What the worktree must hold before the agent starts. */
export type TreeTarget =
  | { readonly to: 'as-is' }
  | { readonly to: 'commit'; readonly commit: string; readonly mode: 'reset' | 'pristine' }

/** Takes the snapshot and reads the output of an attempt. */
export interface CollectEffect extends Place {
  readonly kind: 'collect'
  readonly id: string
  readonly step: AgentStep
  readonly launch: LaunchId
  readonly base: string
  /** What the worktree held before the attempt; read-only steps go back to it. */
  readonly before: string
  readonly mode: 'read-write' | 'read-only' | 'none'
  readonly task: TaskRecord | null
}

/** Judges an attempt by one gate. */
export interface GateEffect extends Place {
  readonly kind: 'gate'
  readonly id: string
  readonly gate: GateSpec
  readonly round: number
  readonly attempt: number
  readonly stepType: StepType | 'gate' | 'group'
  readonly base: string
  /** The commit that is judged. */
  readonly subject: string
  readonly task: TaskRecord | null
}

/** Brings the files of a worktree to a commit that its branch has already reached, or that is to be looked at. */
export interface RestoreEffect {
  readonly kind: 'restore'
  readonly id: string
  readonly workspace: string
  readonly slot: number | null
  readonly commit: string
}

/** Asks a person about an attempt, before or after its gates. */
export interface AskEffect extends Place {
  readonly kind: 'ask'
  readonly id: string
  readonly round: number
  readonly attempt: number
  readonly at: 'before_gate' | 'after_gate'
  readonly base: string
  readonly commit: string | null
}

/** Takes in what a person changed in the worktree while a step waited for them. */
export interface EditsEffect {
  readonly kind: 'edits'
  readonly id: string
  readonly path: string
  readonly workspace: string
  readonly round: number
  readonly attempt: number
  readonly at: 'before_gate' | 'after_gate'
  readonly base: string
  /** What the files held when the person was asked. */
  readonly subject: string
  /** `snapshot`: they go into the attempt; `adopt`: they become a commit of their own; `undo`: they are only kept. */
  readonly into: 'snapshot' | 'adopt' | 'undo'
  readonly launch: number
  readonly task: string | null
}

/** Appends the event when its time has come. */
export interface TimerEffect {
  readonly kind: 'timer'
  readonly id: string
  readonly atMs: number
  readonly event: NewEvent
  /** What is not to be used before. */
  readonly limit?: ExhaustedLimit
}

/** A limit that a provider has told: of all its models, or of one. */
export interface ExhaustedLimit {
  readonly provider: string
  readonly model: string | null
}

/** Merges a branch into the tip of its parent workspace. */
export interface IntegrateEffect {
  readonly kind: 'integrate'
  readonly id: string
  readonly group: string
  readonly task: string
  /** Workspace whose branch moves. */
  readonly workspace: string
  readonly branchWorkspace: string
  readonly ours: string
  readonly theirs: string
  readonly base: string
  readonly onConflict: 'rerun' | 'fatal'
}

/** Ends a step: restores the worktree, makes its commit, records the figures. */
export interface CompleteEffect {
  readonly kind: 'complete'
  readonly id: string
  readonly path: string
  readonly workspace: string
  readonly stepKind: 'agent' | 'gate' | 'group' | 'workflow'
  readonly round: number
  readonly attempt: number
  readonly status: 'pass' | 'fatal'
  readonly cause: FailureCause | 'agent' | null
  readonly reason: string | null
  readonly base: string
  /** The snapshot that becomes the step's commit; null: the step adds none. */
  readonly promote: string | null
  /** Where the branch stands afterwards when nothing is promoted. */
  readonly commit: string
  /** What the files must hold afterwards; null: leave them. */
  readonly restore: string | null
  readonly agent: string | null
  readonly task: string | null
}
