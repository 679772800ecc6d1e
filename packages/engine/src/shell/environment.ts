import { environmentFor } from '@gump/process'
import type { RunContext } from './run-context.js'

/** What an agent's process sees: the user's environment without Gump's own variables, and what the adapter adds. */
export function agentEnvironment(
  context: RunContext,
  extra: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    ...environmentFor('agent', context.ambient.env, { secretPatterns: context.settings.secretEnv }),
    ...extra,
  }
}

/** What project code sees when it is run by a gate: no provider keys. */
export function gateEnvironment(context: RunContext): Record<string, string> {
  return { ...environmentFor('gate', context.ambient.env, { secretPatterns: context.settings.secretEnv }) }
}
