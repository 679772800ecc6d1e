import { forecast, type RunRecord } from '@gump/advice'
import type { Engine, RunPlan } from '@gump/engine'
import type { LedgerEvent } from '@gump/ledger'
import { renderForecastLine } from '@gump/report'

import { pastRuns } from './past-runs.js'

/** More runs would say little more, and take time to read. */
const most = 100

/** The forecast of a run, as it is shown. */
export interface ToldForecast {
  /** Shows it again, once the number of tasks is known. */
  onEvent(event: LedgerEvent): void
  /** Resolves when everything has been shown. */
  readonly told: () => Promise<void>
}

/** Reads earlier runs while this one works, and shows the forecast that follows from them; nothing when there are too few. */
export function tellForecast(
  engine: Engine,
  plan: RunPlan,
  context: { readonly version: string; say(line: string): void },
): ToldForecast {
  const wanted = { limit: most, workflow: plan.workflow.name }
  const records: Promise<readonly RunRecord[]> = pastRuns(engine, context.version, wanted)
    .then((past) => past.map(({ record }) => record))
    // The run must not fail because another one was removed while it was read.
    .catch(() => [])
  const tell = async (tasks: number | null): Promise<void> => {
    const expected = forecast(await records, { workflow: plan.workflow.name, steps: plan.steps, tasks })
    const line = renderForecastLine(expected)
    if (line !== null) context.say(line)
  }
  let last = tell(null)
  let known = false
  return {
    onEvent(event) {
      if (known || event.type !== 'group_started' || event.items === undefined) return
      known = true
      const { length } = event.items
      last = last.then(() => tell(length))
    },
    told: () => last,
  }
}
