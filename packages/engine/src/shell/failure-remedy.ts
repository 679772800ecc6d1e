import type { AgentAdapter, FailureCause, FailureKind } from '@gump/agents'

const REMEDIES: Readonly<Partial<Record<FailureKind, string>>> = {
  credit: 'add credit with the provider; gump run --resume --agent continues with another agent meanwhile',
  model:
    'name another model: gump models lists those that are known, [models] in gump.toml changes what an agent uses',
  configuration: 'correct what the message names, then continue with gump run --resume',
  budget: "raise the limit in the program's own configuration",
  context: 'give the step less to read, or split it into smaller tasks',
  refusal: 'reword the task, or give the step to another model',
  network:
    'check the connection, the proxy settings of the agent and its base URL, then continue with gump run --resume; no attempt was spent',
}

/** What a person can do about a failure; null when nothing is known, or waiting is all there is. */
export function failureRemedy(
  adapter: AgentAdapter,
  cause: FailureCause,
  kind: FailureKind | undefined,
): string | null {
  if (cause === 'auth') return adapter.detection?.login ?? null
  if (kind !== undefined) return REMEDIES[kind] ?? null
  return cause === 'configuration' ? (REMEDIES.configuration ?? null) : null
}
