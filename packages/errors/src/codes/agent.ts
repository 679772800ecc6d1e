import type { CatalogueEntry } from '../catalogue.js'

export type AgentCode = 'GUMP-A001' | 'GUMP-A002' | 'GUMP-A003'

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
}
