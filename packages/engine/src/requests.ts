import type { RequestedLimits } from './requested-limits.js'

/**
 * A run to start. Its limits are those of the whole run, and replace what the workflow and the settings say.
 *
 * @example
 * ```ts
 * const request: StartRequest = { workflow: 'tdd', spec: 'spec.md', maxBudget: 5, inputs: { area: 'login' } }
 * ```
 */
export interface StartRequest extends RequestedLimits {
  /** Name of a workflow in the playbook, or path of a workflow file. */
  readonly workflow: string
  /** Path of the Markdown spec. Default: none, which a workflow whose prompts use `{spec}` refuses (`GUMP-T003`). */
  readonly spec?: string
  /** Inputs of the workflow by name. */
  readonly inputs?: Readonly<Record<string, string>>
  /** Agent for every step, whatever the workflow names. */
  readonly agent?: string
  /** Agents and branches at once, at most. Default: the settings' `jobs`. */
  readonly jobs?: number
  /** Paths of steps after which a person is asked. */
  readonly pauseAfter?: readonly string[]
  /** Start although tracked files have uncommitted changes, which agents will not see. Default: refused (`GUMP-P003`). */
  readonly allowDirty?: boolean
  /** Accepted for callers of earlier versions; usage without a price counts at an assumed one. */
  readonly allowUnpriced?: boolean
  /** Wait for a provider whose quota is used up, or that cannot be reached. Default: true. */
  readonly park?: boolean
  /** Cancels the run, which stays resumable. */
  readonly signal?: AbortSignal
}

/** A run to resume. Limits replace those that the run has; absent ones stay. */
export interface ResumeRequest extends RequestedLimits {
  /** Run id, alias, prefix or `latest`. */
  readonly run: string
  /** Resume although the owner of the run cannot be checked. A live owner is never replaced. Default: false. */
  readonly takeOver?: boolean
  /** What the person decided about a paused step: approve it, or have it done again with a note. */
  readonly answer?: { readonly decision: 'continue' } | { readonly decision: 'retry'; readonly note: string }
  /** Agent for what is left of the run. */
  readonly agent?: string
  /** Accepted for callers of earlier versions; usage without a price counts at an assumed one. */
  readonly allowUnpriced?: boolean
  /** Cancels the run, which stays resumable. */
  readonly signal?: AbortSignal
}

/** A new run that takes over the history of an old one up to a step. Limits are those of the new run. */
export interface ReplayRequest extends RequestedLimits {
  /** Run id, alias, prefix or `latest`. */
  readonly run: string
  /** The first step that runs again; a suffix of its path is enough when it is unique. */
  readonly fromStep: string
  /** Another workflow for what follows. */
  readonly workflow?: string
  /** Path of the spec for what follows; absent: the text that the old run was started with. */
  readonly spec?: string
  /** Agent for what follows. */
  readonly agent?: string
  /** Accepted for callers of earlier versions; usage without a price counts at an assumed one. */
  readonly allowUnpriced?: boolean
  /** Cancels the run, which stays resumable. */
  readonly signal?: AbortSignal
}
