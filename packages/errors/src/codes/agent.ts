import type { CatalogueEntry } from '../catalogue-entry.js'

export type AgentCode = 'GUMP-A001' | 'GUMP-A002' | 'GUMP-A003' | 'GUMP-A004' | 'GUMP-A005' | 'GUMP-A006'

/** Problems with agents, their scripts, models and prices. */
export const agentCodes: Readonly<Record<AgentCode, CatalogueEntry>> = {
  'GUMP-A001': {
    title: 'The agent script is not valid',
    remedy: 'Correct the script at the place the message names.',
  },
  'GUMP-A002': {
    title: 'The agent script has no entry for this attempt',
    remedy: 'Add an entry whose match fits the step, task and attempt.',
  },
  'GUMP-A003': {
    title: 'The agent could not sign in',
    remedy: 'Sign in with the agent CLI itself, or set its API key, then gump run --resume.',
  },
  'GUMP-A004': {
    title: 'The name of an agent adapter is not legal',
    remedy: 'Use lower case letters, digits and single dashes, and none of the reserved names.',
  },
  'GUMP-A005': {
    title: 'The agent is not known',
    remedy: 'Name one of the agents that gump models lists, or configure it under [agents] in gump.toml.',
  },
  'GUMP-A006': {
    title: 'The adapter of an agent has a mistake',
    remedy: 'Correct the package that brings it, or use another agent: gump run --resume --agent NAME.',
  },
}
