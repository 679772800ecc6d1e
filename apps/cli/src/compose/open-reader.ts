import { createReader, type RunReader } from '@gump/engine'

import { configured } from '../configured.js'
import type { CliContext } from '../context.js'
import { requireRepository } from '../repository.js'

/** For commands that only look at runs: no agent, gate or workflow is loaded for them. */
export async function openReader(context: CliContext): Promise<RunReader> {
  const repo = requireRepository(context.cwd)
  await configured(context)
  return createReader({ repo, env: context.env, gumpVersion: context.version })
}
