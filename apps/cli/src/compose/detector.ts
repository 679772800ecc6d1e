import { type AgentDetector, createAgentDetector, systemClock, uuidV7 } from '@gump/engine'
import { createProcessRunner } from '@gump/process'

import type { Configuration } from '../config/configuration.js'
import type { CliContext } from '../context.js'
import { executables } from './settings.js'

/** Finds out which agents are installed, as the engine does before a run. */
export function composeDetector(context: CliContext, config: Configuration, root: string): AgentDetector {
  return createAgentDetector({
    env: context.env,
    home: context.home,
    processes: createProcessRunner({ env: context.env }),
    clock: systemClock,
    ids: uuidV7(() => systemClock.now()),
    executables: executables(config, root, context.home),
  })
}
