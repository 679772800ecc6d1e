import { createReader, type RunReader } from '@gump/engine'

import type { Configuration } from '../config/configuration.js'
import { configured } from '../configured.js'
import type { CliContext } from '../context.js'
import { requireRepository } from '../repository.js'

/** For commands that only look at runs: no agent, gate or workflow is loaded for them. */
export async function openReader(context: CliContext): Promise<RunReader> {
  return (await openConfiguredReader(context)).reader
}

/** The same, with the configuration that is in force. */
export async function openConfiguredReader(
  context: CliContext,
): Promise<{ readonly reader: RunReader; readonly config: Configuration }> {
  const repo = requireRepository(context.cwd)
  const config = await configured(context)
  return { config, reader: createReader({ repo, env: context.env, gumpVersion: context.version }) }
}
