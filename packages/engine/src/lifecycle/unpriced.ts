import type { Diagnostic } from '@gump/errors'
import type { EventBodies, RunLimits } from '@gump/ledger'
import { createAgentTable } from '../shell/agent-table.js'
import type { Setup } from './setup.js'

type Agents = EventBodies['run_started']['agents']

/** A budget can only be held where costs are known. */
export function unpriced(
  setup: Setup,
  agents: Readonly<Record<string, Pick<Agents[string], 'model'>>>,
  limits: RunLimits,
  allowed: boolean,
): readonly Diagnostic[] {
  if (limits.max_budget_usd === undefined) return []
  const table = createAgentTable(setup.adapters, setup.settings)
  return Object.entries(agents).flatMap(([name, { model }]): Diagnostic[] => {
    const { adapter } = table.get(name)
    const known =
      adapter.capabilities.nativeCost || (model !== null && setup.settings.pricing(model) !== null)
    if (known) return []
    return [
      {
        code: 'GUMP-P010',
        severity: allowed ? 'warning' : 'error',
        message: `the budget of $${limits.max_budget_usd} can not be held for ${name}: nothing is known about its price`,
        expected: 'a [pricing] entry for its model, or --allow-unpriced',
      },
    ]
  })
}
