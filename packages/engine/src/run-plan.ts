import type { Diagnostic } from '@gump/errors'

/** What a dry run shows; computing it creates nothing. */
export interface RunPlan {
  readonly workflow: {
    readonly name: string
    readonly description: string | null
    readonly file: string
    readonly origin: string
  }
  readonly limits: {
    readonly maxBudgetUsd?: number
    readonly maxTokens?: number
    readonly maxTimeoutMs?: number
  }
  readonly inputs: readonly { readonly name: string; readonly value: string | null }[]
  /** Empty while a workflow has mistakes that leave nothing to plan. */
  readonly steps: readonly PlannedStep[]
  /** Every workflow that is called, once. */
  readonly calls: readonly PlannedCall[]
  readonly agents: readonly PlannedAgent[]
  /** Errors make a run impossible; warnings and notes do not. */
  readonly diagnostics: readonly Diagnostic[]
  /** Texts of the files that diagnostics refer to, by their `file`. */
  readonly texts: Readonly<Record<string, string>>
}

/** An agent of a plan and what was found of its program. */
export interface PlannedAgent {
  readonly name: string
  readonly adapter: string
  readonly model: string | null
  readonly cli: string | null
  readonly version: string | null
  readonly installed: boolean
  readonly verified: boolean
  /** What looking it up has shown besides. */
  readonly remarks: readonly string[]
  readonly priced: 'native' | 'estimated' | 'unpriced'
}

/** One step of a plan, with the steps inside it. */
export interface PlannedStep {
  readonly path: string
  readonly kind: 'agent' | 'gate' | 'group' | 'workflow'
  readonly type: string | null
  readonly agent: string | null
  readonly model: string | null
  readonly worktree: string | null
  readonly session: string | null
  /** The text as it is written, or that of the type where the step brings none. */
  readonly prompt: string | null
  readonly defaultPrompt: boolean
  /** `file: docs/*.md`, `bash: git log`. */
  readonly context: readonly string[]
  /** The workflow that the step calls, as a step or in GET, and what it gives to it. */
  readonly call: PlannedValues | null
  readonly gates: readonly PlannedGate[]
  readonly guards: readonly { readonly name: string; readonly value: string }[]
  readonly hitl: string | null
  readonly attempts: readonly PlannedAttempt[]
  /** Overrides that depend on what failed: `when compile fails`, and what changes then. */
  readonly conditions: readonly { readonly when: string; readonly changes: string }[]
  readonly variables: readonly PlannedVariable[]
  readonly parallel: boolean
  /** How many branches at most; null: as many as `--jobs` allows. */
  readonly parallelLimit: number | null
  readonly each: string | null
  readonly steps: readonly PlannedStep[]
}

/** A workflow and the values it is given, templates as they are written. */
export interface PlannedValues {
  readonly workflow: string
  readonly with: Readonly<Record<string, string>>
}

/** A gate of a plan, with the command or workflow that it comes down to. */
export interface PlannedGate {
  readonly name: string
  readonly resolvesTo: string
  readonly because: string | null
  readonly with: Readonly<Record<string, string>>
}

/** One rung of a step's ladder: who works in that attempt, and on what. */
export interface PlannedAttempt {
  readonly attempt: number
  /** The cause of failure that leads here, where causes have ladders of their own. */
  readonly cause: 'gate' | 'guard' | 'review' | null
  readonly agent: string | null
  readonly session: string
  readonly worktree: string
  readonly note: string | null
}

/** A variable in the texts of a step, and what it stands for. */
export interface PlannedVariable {
  readonly name: string
  /** Key in the state, name of an input, or `unknown` and `ambiguous` for what prevents a run. */
  readonly resolvesTo: string
  readonly source: 'step' | 'own' | 'task' | 'builtin' | 'input' | null
}

/** A workflow that a plan calls. */
export interface PlannedCall {
  readonly workflow: string
  readonly file: string
  /** Paths are those inside the called workflow. */
  readonly steps: readonly PlannedStep[]
}
