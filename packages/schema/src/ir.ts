import type { Range } from '@gump/errors'

/** Which spelling a file was written in; nothing after the parser branches on it except the numbering of items. */
export type Dialect = 'v4' | 'v3'

/** A string that may hold `{variables}`, with the place it was written at. */
export interface TemplateText {
  readonly text: string
  readonly range: Range
}

/** A workflow after parsing: the intermediate representation that everything else works on. */
export interface Workflow {
  readonly name: string
  readonly description?: string
  readonly dialect: Dialect
  /** The file it came from, as given; shown in messages. */
  readonly file: string
  readonly limits: Limits
  readonly steps: readonly Step[]
}

/** The limits of a whole run, as a workflow sets them. */
export interface Limits {
  /** USD for the whole run. */
  readonly maxBudgetUsd?: number
  /** Input plus output tokens for the whole run. */
  readonly maxTokens?: number
  /** Wall clock the engine may own the run for, in milliseconds. */
  readonly maxTimeoutMs?: number
}

/** One entry of a workflow. `kind` says which. */
export type Step = AgentStep | GateStep | GroupStep | WorkflowStep

interface StepBase {
  /** Unique in its scope; a legal path segment. */
  readonly name: string
  /** Where the name is written. */
  readonly range: Range
}

/** What an agent step makes: a change, a list of tasks, a verdict, or a text. */
export type StepType = 'code' | 'split' | 'validate' | 'artifact'

/** What an agent may do with the files of its worktree; `none`: it does not see them. */
export type WorktreeMode = 'read-write' | 'read-only' | 'none'

/** When a step waits for a person. */
export type HitlMode = 'before_gate' | 'after_gate'

/** A step in which an agent works. */
export interface AgentStep extends StepBase {
  readonly kind: 'agent'
  readonly type: StepType
  /** Agent name, possibly a template such as `{converge.agent}`; `pass` skips RUN; absent: the configured default agent. */
  readonly agent?: TemplateText
  /** Absent: the default prompt of the step's type. */
  readonly prompt?: Prompt
  readonly context: readonly ContextSource[]
  readonly worktree: WorktreeMode
  readonly session: SessionPolicy
  /** A sub-workflow of GET: its output feeds the prompt, its state is `{state.KEY}`. */
  readonly getWorkflow?: WorkflowCall
  readonly guards: readonly GuardSpec[]
  readonly hitl?: HitlMode
  /** Only for `code`: an attempt that changes nothing has failed. */
  readonly expect?: 'changes'
  readonly gates: readonly GateSpec[]
  readonly retry?: RetryPolicy
  /** Only for `split`: what is done for each task. */
  readonly each?: readonly Step[]
  readonly parallel?: ParallelPolicy
  readonly onConflict?: 'rerun' | 'fatal'
  readonly blastRadius?: 'enforce' | 'warn' | 'off'
}

/** Prompt text written in the workflow, or a file beside it (its text is loaded when the workflow is resolved). */
export type Prompt =
  | { readonly kind: 'inline'; readonly template: TemplateText }
  | { readonly kind: 'file'; readonly path: string; readonly template?: TemplateText; readonly range: Range }

/** Something that is put into the prompt: files, or what a command prints. */
export type ContextSource =
  | { readonly kind: 'file'; readonly path: TemplateText }
  | { readonly kind: 'bash'; readonly command: TemplateText }

/** Which of the agent's sessions an attempt continues. */
export type SessionPolicy =
  | { readonly mode: 'new' }
  | { readonly mode: 'from'; readonly step: string; readonly range: Range }
  /** v3 `reuse`: from the previous agent step in scope with the same agent. */
  | { readonly mode: 'previous' }
  /** v3 `reuse-on-retry`. */
  | { readonly mode: 'own-retries' }

/** A call of another workflow, with the values for its inputs. */
export interface WorkflowCall {
  /** The reference as written: a playbook name or a path. */
  readonly workflow: string
  readonly with: Readonly<Record<string, TemplateText>>
  readonly range: Range
}

/** A guard of a step and its value. */
export interface GuardSpec {
  readonly guard: string
  /** Parsed by the guard's own `parse`: numbers as numbers, durations in ms, lists as lists. */
  readonly value: GuardValue
  readonly range: Range
}

/** A guard's value as it was read: durations are milliseconds. */
export type GuardValue = number | boolean | string | readonly string[]

/** A gate of a step. */
export interface GateSpec {
  /** Result name, unique within the step: `compile`, `arch-review`, or the mapping's `name`. */
  readonly name: string
  readonly gate: string
  readonly argument?: GateArgument
  /** Only for `validate`. */
  readonly call?: WorkflowCall
  readonly timeoutMs?: number
  /** Only for `validate`: it is skipped when another gate has failed, and runs after all of them. */
  readonly when?: 'others_pass'
  readonly range: Range
}

/** What follows a gate's name: a number, a text, or a list of globs. */
export type GateArgument = number | TemplateText | readonly TemplateText[]

/** How often a step is tried, and what changes from attempt to attempt. */
export interface RetryPolicy {
  /** Last attempt; the step is fatal when it fails. At least 1. */
  readonly exit: number
  /** Last attempt for failures of one cause, where it is earlier than `exit`. */
  readonly exitByCause?: Readonly<Partial<Record<FailureCause, number>>>
  readonly entries: readonly RetryEntry[]
  /** v4 keeps worktree and session across retries; v3 resets both. */
  readonly defaults: { readonly worktree: 'keep' | 'reset'; readonly session: 'keep' | 'new' }
  readonly range: Range
}

/** When an entry of a retry list applies. */
export type RetryCondition =
  | { readonly when: 'attempt'; readonly attempt: number }
  | { readonly when: 'not'; readonly gate: string; readonly range: Range }
  | { readonly when: 'validate'; readonly call: WorkflowCall }

/** One entry of a retry list: from when on it applies, and what it changes. */
export interface RetryEntry {
  readonly condition: RetryCondition
  readonly cause?: FailureCause
  readonly override: RetryOverride
  readonly range: Range
}

/** Why an attempt failed, where retry ladders tell causes apart. */
export type FailureCause = 'gate' | 'guard' | 'review'

/** What the next attempt does differently. */
export interface RetryOverride {
  readonly agent?: TemplateText
  readonly session?: 'new'
  readonly worktree?: 'reset' | 'pristine'
  readonly prompt?: Prompt
  readonly restartFrom?: string
  /** Where `restartFrom` is written. */
  readonly restartRange?: Range
  readonly replan?: TemplateText
}

/** How branches run at the same time. */
export interface ParallelPolicy {
  /** Absent: the configured concurrency limit. */
  readonly limit?: number
  readonly failFast: boolean
}

/** A step that only runs gates. */
export interface GateStep extends StepBase {
  readonly kind: 'gate'
  readonly gates: readonly GateSpec[]
  readonly retry?: RetryPolicy
  readonly hitl?: HitlMode
}

/** A step that holds other steps. */
export interface GroupStep extends StepBase {
  readonly kind: 'group'
  readonly steps: readonly Step[]
  readonly parallel?: ParallelPolicy
  /** v3: the split step over whose tasks the group runs; items are numbered. */
  readonly foreach?: string
  /** Where `foreach` is written. */
  readonly foreachRange?: Range
  readonly gates: readonly GateSpec[]
  readonly retry?: RetryPolicy
  readonly onConflict?: 'rerun' | 'fatal'
}

/** A step that runs another workflow. */
export interface WorkflowStep extends StepBase {
  readonly kind: 'workflow'
  readonly call: WorkflowCall
  readonly foreach?: string
  /** Where `foreach` is written. */
  readonly foreachRange?: Range
  readonly parallel?: ParallelPolicy
  readonly gates: readonly GateSpec[]
  readonly retry?: RetryPolicy
  readonly onConflict?: 'rerun' | 'fatal'
}
