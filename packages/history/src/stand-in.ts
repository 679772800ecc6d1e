import type { RunOptions } from '@gump/ledger'

/** Who works when this agent is named. */
export function standInFor({ agent_aliases }: Pick<RunOptions, 'agent_aliases'>, named: string): string {
  const standIn = Object.hasOwn(agent_aliases, named) ? agent_aliases[named] : undefined
  return standIn ?? named
}
