import type { EventBodies, RunLimits, RunOptions } from '@gump/ledger'
import { standInFor } from '../core/agent-choice.js'
import { createAgentTable } from '../shell/agent-table.js'
import { refuseErrors } from './preflight.js'
import { type RequestedLimits, requestedLimits } from './requested-limits.js'
import type { Setup } from './setup.js'
import { unpriced } from './unpriced.js'

/** What a run was started or last taken up with. */
interface Agreed {
  readonly limits: RunLimits
  readonly options: RunOptions
  readonly agents: EventBodies['run_started']['agents']
}

/** Another budget or another agent for what is left of a run is judged like those that a run begins with. */
export function refuseUnpriced(
  setup: Setup,
  agreed: Agreed,
  request: RequestedLimits & { readonly agent?: string; readonly allowUnpriced?: boolean },
): void {
  if (request.agent === undefined && request.maxBudget === undefined) return
  const { options } = agreed
  const named = request.agent ?? options.agent_override
  const allowed = request.allowUnpriced === true || options.allow_unpriced
  const limits = { ...agreed.limits, ...requestedLimits(request) }
  refuseErrors(unpriced(setup, agentsFor(setup, agreed, named), limits, allowed), {})
}

function agentsFor(
  setup: Setup,
  { options, agents }: Agreed,
  named: string | null,
): Parameters<typeof unpriced>[1] {
  if (named === null) return agents
  const name = standInFor(options, named)
  return { [name]: createAgentTable(setup.adapters, setup.settings).get(name) }
}
