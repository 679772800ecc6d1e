import { checkWorkflow, defaultSettings, type WorkflowCheck } from '@gump/engine'
import { type Diagnostic, type GumpError, isGumpError } from '@gump/errors'
import type { Playbook } from '@gump/schema'

import type { Configuration } from '../config/configuration.js'
import type { CliContext } from '../context.js'
import { composeAgents } from './agents.js'
import { engineSettings } from './settings.js'

/** Checks workflows as a run would before it starts. No plugin is loaded: names that only one can bring are warnings. */
export function composeCheck(
  context: CliContext,
  config: Configuration,
  { root, playbook }: { readonly root: string; readonly playbook: Playbook },
): (ref: string) => Promise<WorkflowCheck> {
  const { home, version } = context
  const settings = {
    ...defaultSettings,
    ...engineSettings(config, { root, home, version, pricing: () => null }),
  }
  const agents = composeAgents(config, root)
  const vocabulary = { unloaded: config.list('plugins', 'packages') }
  return async (ref) => {
    try {
      return await checkWorkflow(ref, { playbook, vocabulary, agents, settings })
    } catch (error) {
      if (!isGumpError(error)) throw error
      // One that cannot be read says nothing about the others that are checked with it.
      return { diagnostics: [notReadable(error)], texts: {}, inputs: [] }
    }
  }
}

function notReadable({ code, message, data }: GumpError): Diagnostic {
  const near = Array.isArray(data['near']) ? data['near'].map(String) : []
  return { code, severity: 'error', message, ...(near.length === 0 ? {} : { expected: near.join(', ') }) }
}
