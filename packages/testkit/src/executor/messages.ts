import type { LiveEvent, PerformedRun, StepReport, StepRequest, StepResult, Stopping } from '@gump/engine'
import type { LedgerEvent } from '@gump/ledger'

/** What a performing process receives: one JSON object a line. */
export type ToPerformer =
  | { readonly do: 'open'; readonly repo: string; readonly run: PerformedRun }
  | { readonly do: 'learn'; readonly lines: readonly LedgerEvent[] }
  | { readonly do: 'execute'; readonly request: StepRequest }
  | { readonly do: 'stop'; readonly id: string; readonly stopping: Stopping }

/** What it answers. */
export type FromPerformer =
  | { readonly told: 'report'; readonly report: StepReport }
  | { readonly told: 'live'; readonly id: string; readonly live: LiveEvent }
  | { readonly told: 'result'; readonly result: StepResult }
