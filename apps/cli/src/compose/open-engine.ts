import type { Engine } from '@gump/engine'

import { configured } from '../configured.js'
import type { CliContext } from '../context.js'
import { requireRepository } from '../repository.js'
import { composeEngine } from './engine.js'

/** An engine for commands that look at runs rather than start them: no plugin's code is loaded, nobody is asked. */
export async function openEngine(context: CliContext): Promise<Engine> {
  const root = requireRepository(context.cwd)
  const config = await configured(context)
  return await composeEngine(context, config, { root, plugins: null, human: null, agents: [] })
}
