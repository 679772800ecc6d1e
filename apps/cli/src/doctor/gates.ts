import { createCommandResolver, diskFiles } from '@gump/gates'
import { findOnPath } from '@gump/process'

import { gateCommands } from '../compose/settings.js'
import type { Examination, Finding } from './finding.js'

/** What the aliases of gates resolve to here; those without a command only matter to workflows that use them. */
const aliases = ['compile', 'test', 'lint', 'coverage', 'tests_found']

export const examineGates: Examination = async ({ context, config, root }) => {
  if (config === null || root === null) return []
  const overrides = gateCommands(config)
  const resolver = createCommandResolver({
    files: diskFiles(root),
    overrides,
    findProgram: (name) => findOnPath(name, context.env) ?? null,
  })
  return await Promise.all(
    aliases.map(async (alias): Promise<Finding> => {
      const base = { area: 'gates', name: `gate ${alias}` } as const
      const found = await resolver.resolve(alias)
      if (found.status === 'unresolved') {
        return { ...base, status: 'warning', detail: found.because, remedy: found.remedy }
      }
      const where = config.find('gates', alias)?.where
      // What a syntax check runs depends on the files that will have changed.
      const shown = found.ecosystem === 'syntax' ? found.label : found.command
      return { ...base, status: 'ok', detail: `${shown}  (${where ?? found.because})` }
    }),
  )
}
