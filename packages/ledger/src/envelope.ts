/** What every ledger line carries. `seq` is dense from 1; `ts` is ISO 8601 UTC with milliseconds. */
export interface Envelope {
  readonly v: 1
  readonly seq: number
  readonly ts: string
  readonly run_id: string
  /** Taken over from the run that this one replays: it happened there, and was paid for there. */
  readonly replayed?: true
}

/**
 * Identity of what an attempt leaves behind: a retry raises `attempt`, re-entering a step opens a new `round` with
 * attempt 1, repeating an interrupted attempt raises `launch`. All count from 1.
 */
export interface AttemptId {
  /** Full path: `decompose/add-auth/impl`. */
  readonly step: string
  readonly round: number
  readonly attempt: number
}

/** Which launch an event belongs to. */
export interface LaunchId extends AttemptId {
  readonly launch: number
}

/** Tokens by class; cache classes are not part of `input`. */
export interface TokenCounts {
  readonly input: number
  readonly output: number
  readonly cache_read: number
  readonly cache_write: number
}

/** Where a cost figure comes from. */
export type CostSource = 'native' | 'estimated' | 'unpriced'

/** What was used, and what it cost. */
export interface Usage {
  readonly tokens: TokenCounts
  /** USD, exact to the micro-dollar; 0 with source `unpriced` means unknown, never free. */
  readonly cost_usd: number
  readonly cost_source: CostSource
  /** More was used than these figures tell, such as by sub-agents whose work is not in the stream. */
  readonly at_least?: true
  /** What unpriced tokens count for against a budget, at an assumed price, in USD: never a part of the cost. */
  readonly assumed_cost_usd?: number
}

/** A text kept outside the ledger line: path relative to the run folder, and its SHA-256. */
export interface ArtifactRef {
  readonly path: string
  readonly sha256: string
  readonly bytes: number
}
