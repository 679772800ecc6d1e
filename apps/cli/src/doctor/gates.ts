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
  const findings = await Promise.all(
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
  return none(findings) ?? findings
}

/** Where no gate has a command for the same reason, that is said once. */
function none(findings: readonly Finding[]): readonly Finding[] | null {
  const [first] = findings
  if (
    first === undefined ||
    findings.some(({ status, detail }) => status === 'ok' || detail !== first.detail)
  ) {
    return null
  }
  const detail = `no command for ${aliases.join(', ')}: ${first.detail}`
  const remedy = 'set them under [gates] in gump.toml where a workflow uses them'
  return [{ area: 'gates', name: 'gates', status: 'warning', detail, remedy }]
}
