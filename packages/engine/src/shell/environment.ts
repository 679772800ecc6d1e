import type { ProcessLaunch } from '@gump/agents'
import { environmentFor } from '@gump/process'
import type { RunContext } from './run-context.js'

/** What an agent's process sees: the user's environment without Gump's own variables, and what the adapter adds. */
export function agentEnvironment(
  context: RunContext,
  { env, credentials = true }: Pick<ProcessLaunch, 'env' | 'credentials'>,
): Record<string, string> {
  return {
    ...(credentials ? environmentFor('agent', context.ambient.env) : gateEnvironment(context)),
    ...env,
  }
}

/** What project code sees when it is run by a gate: no secrets but those that the user gives to it. */
export function gateEnvironment({
  ambient,
  settings,
}: Pick<RunContext, 'ambient' | 'settings'>): Record<string, string> {
  const { secretEnv, passEnv } = settings
  return environmentFor('gate', ambient.env, { secretPatterns: secretEnv, passPatterns: passEnv })
}
