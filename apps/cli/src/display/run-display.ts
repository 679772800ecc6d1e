import type { LiveEvent, RunPlan } from '@gump/engine'
import type { LedgerEvent } from '@gump/ledger'

/** Shows a run as it happens. One stream of events, several ways to show it. */
export interface RunDisplay {
  /** What is going to happen, for a display that shows how far along a run is. */
  expect?(plan: RunPlan): void
  /** An event from before this process took part: remembered, not shown. */
  recall(event: LedgerEvent): void
  onEvent(event: LedgerEvent): void
  onLive(event: LiveEvent): void
  /** Something Gump itself has to say, such as how to stop. */
  notice(text: string): void
  /** Makes room for a question to a person. */
  suspend(): void
  resume(): void
  /** The run has stopped: leaves the terminal as it was found. */
  end(): void
}
