import type { AgentAdapter, LaunchPlan, LaunchRequest } from '@gump/agents'
import { GumpError, isGumpError } from '@gump/errors'

/**
 * What an adapter wants to have started. Adapters come from plugins, too: one that throws, or plans nothing, is named.
 *
 * @throws GumpError `GUMP-A006`, or what the adapter itself threw with a code.
 */
export function launchPlan(adapter: AgentAdapter, request: LaunchRequest): LaunchPlan {
  let plan: unknown
  try {
    plan = adapter.launch(request)
  } catch (error) {
    if (isGumpError(error)) throw error
    throw broken(adapter, error instanceof Error ? error.message : String(error), error)
  }
  if (isPlan(plan)) return plan
  throw broken(adapter, 'what it plans is no launch')
}

function isPlan(plan: unknown): plan is LaunchPlan {
  if (typeof plan !== 'object' || plan === null || !('kind' in plan)) return false
  if (plan.kind === 'embedded') return 'program' in plan
  return plan.kind === 'process' && 'file' in plan && 'args' in plan && Array.isArray(plan.args)
}

function broken({ name }: AgentAdapter, what: string, cause?: unknown): GumpError {
  const message = `the adapter of ${name} failed: ${what}`
  return new GumpError('GUMP-A006', message.slice(0, 1000), { data: { agent: name }, cause })
}
