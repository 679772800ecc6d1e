import type { Diagnostic } from '@gump/errors'
import type { EventBodies, NewEvent, RunLimits, RunOptions } from '@gump/ledger'
import { standInFor } from '@gump/history'
import { createAgentTable } from '../shell/agent-table.js'
import { type RequestedLimits, requestedLimits } from '../requested-limits.js'
import type { Setup } from './setup.js'

type Agents = Readonly<Record<string, Pick<EventBodies['run_started']['agents'][string], 'model'>>>

/** How well a budget can be held for each agent, where that is not as well as for an agent that tells its cost. */
export function budgetNotes(setup: Setup, agents: Agents, limits: RunLimits): readonly Diagnostic[] {
  const { max_budget_usd: budget } = limits
  if (budget === undefined) return []
  const table = createAgentTable(setup.adapters, setup.settings)
  return Object.entries(agents).flatMap(([name, { model }]): Diagnostic[] => {
    const { adapter } = table.get(name)
    const { capabilities } = adapter
    if (capabilities.nativeCost) return []
    if (capabilities.usage === 'none') {
      const message = `the budget of $${budget} cannot be held for ${name}: it tells neither its cost nor its tokens`
      return [{ code: 'GUMP-P012', severity: 'warning', message, expected: 'max_time or max_turns instead' }]
    }
    const known = model ?? adapter.models.usual ?? null
    if (known !== null && setup.settings.pricing(known) !== null) return []
    const assumed = setup.settings.assumedPricing(adapter.name, model)
    const of = model === null ? `the model that ${name} chooses` : model
    if (assumed === null) {
      const message = `the budget of $${budget} cannot be held for ${name}: nothing has a price for ${of}`
      return [
        { code: 'GUMP-P012', severity: 'warning', message, expected: 'a [pricing] entry for its model' },
      ]
    }
    const { input, output, source } = assumed
    const message = `nothing has a price for ${of}: against the budget of $${budget} its tokens count at $${input} in and $${output} out per million (${source}); that is no part of the cost that is shown`
    return [
      {
        code: 'GUMP-P012',
        severity: 'warning',
        message,
        expected: 'a [pricing] entry for its model, or [pricing.assumed]',
      },
    ]
  })
}

/** The same for another budget or another agent that what is left of a run is given. */
export function budgetWarnings(
  setup: Setup,
  agreed: { readonly limits: RunLimits; readonly options: RunOptions; readonly agents: Agents },
  request: RequestedLimits & { readonly agent?: string },
): readonly NewEvent[] {
  if (request.agent === undefined && request.maxBudget === undefined) return []
  const named = request.agent ?? agreed.options.agent_override
  const limits = { ...agreed.limits, ...requestedLimits(request) }
  return budgetNotes(setup, agentsFor(setup, agreed, named), limits).map(({ code, message }): NewEvent => ({
    type: 'warning',
    code,
    message,
  }))
}

function agentsFor(
  setup: Setup,
  { options, agents }: { readonly options: RunOptions; readonly agents: Agents },
  named: string | null,
): Agents {
  if (named === null) return agents
  const name = standInFor(options, named)
  return { [name]: createAgentTable(setup.adapters, setup.settings).get(name) }
}
