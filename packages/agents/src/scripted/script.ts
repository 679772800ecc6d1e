import type { AgentEvent, AttemptPosition, FailureCause, TokenUsage, ToolKind } from '../contract.js'

/** A parsed agent script: what the scripted agent does, attempt by attempt. Made by `parseAgentScript`. */
export interface AgentScript {
  /** As the user named it; shown in messages. */
  readonly file: string
  /** The first entry that matches an attempt is played. */
  readonly entries: readonly ScriptEntry[]
}

/** What a scripted agent does in the attempts that `match` names, and how it ends. */
export interface ScriptEntry {
  readonly match: ScriptMatch
  readonly actions: readonly ScriptAction[]
  readonly outcome: ScriptOutcome
}

/** Absent members match everything. Texts are patterns: `*` stands for any characters but `/`, `**` for any. */
export interface ScriptMatch {
  /** Without `/` it is compared with the step's short name, otherwise with its whole path. */
  readonly step?: string
  readonly task?: string
  readonly agent?: string
  readonly type?: AttemptPosition['type']
  readonly attempt?: readonly number[]
  readonly round?: readonly number[]
  readonly launch?: readonly number[]
}

/** The files below `.gump/out/` that a step of a type other than `code` hands over. */
export type OutputKind = 'plan' | 'validate' | 'artifact'

/** One thing that a scripted agent does. */
export type ScriptAction =
  | { readonly action: 'write'; readonly path: string; readonly content: string; readonly mode?: number }
  | { readonly action: 'edit'; readonly path: string; readonly find: string; readonly replace: string }
  | { readonly action: 'delete'; readonly path: string }
  | { readonly action: 'out'; readonly output: OutputKind; readonly content: string }
  | { readonly action: 'event'; readonly event: AgentEvent }
  | { readonly action: 'turn' }
  | { readonly action: 'text'; readonly text: string }
  | { readonly action: 'usage'; readonly tokens: TokenUsage; readonly costUsd: number }
  | {
      readonly action: 'tool'
      readonly tool: string
      readonly kind: ToolKind
      readonly path?: string
      readonly command?: string
      readonly ok: boolean
      readonly output?: string
    }
  | { readonly action: 'sleep'; readonly ms: number }
  | { readonly action: 'stderr'; readonly text: string }
  | { readonly action: 'line'; readonly line: string }
  | { readonly action: 'session'; readonly sessionId: string }
  | { readonly action: 'exit'; readonly code: number }

/** How a scripted agent ends. */
export type ScriptOutcome =
  | { readonly kind: 'success' }
  | {
      readonly kind: 'failed'
      readonly cause: FailureCause
      readonly message: string
      readonly retryAfterMs?: number
      readonly sessionRefused?: boolean
    }
  /** No terminal event, then this exit code. */
  | { readonly kind: 'crash'; readonly code: number }

/** A script without entries: every attempt fails, and says that a script is missing. */
export const EMPTY_SCRIPT: AgentScript = Object.freeze({ file: '(no script)', entries: [] })
