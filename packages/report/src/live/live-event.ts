import type { ToolKind } from '@gump/ledger'

/** What an agent does between two lines of the ledger. The engine's live events have this shape. */
export interface LiveEvent {
  readonly step: string
  readonly round: number
  readonly attempt: number
  readonly event: LiveAgentEvent
}

/** The parts of a normalised agent event that a display shows. */
export interface LiveAgentEvent {
  /** `turn_started`, `text`, `reasoning`, `tool_started`, `tool_finished`, `usage`, `retry_wait`, …; others are ignored. */
  readonly type: string
  readonly tool?: string
  readonly kind?: ToolKind
  readonly path?: string
  readonly command?: string
  readonly status?: number | null
  readonly mode?: 'delta' | 'cumulative'
  readonly costUsd?: number
}
