import { type Diagnostic, GumpError } from '@gump/errors'
import { readGivenFile } from '@gump/schema'

import type { Configuration } from '../config/configuration.js'
import { configFiles } from '../config/load.js'
import { locateKeys, rangeOf } from '../config/locate.js'
import type { CliContext } from '../context.js'
import { placeOfFlag } from './command-line.js'

interface Named {
  readonly config: Configuration
  readonly root: string
  /** `--agent` is given. */
  readonly byFlag: boolean
}

/** The same error, with the places where the user has named agents that no workflow names: the flag, or the configuration. */
export function withPlacesOfAgents(context: CliContext, thrown: unknown, named: Named): unknown {
  if (!(thrown instanceof GumpError) || !isAboutAgent(thrown)) return thrown
  const { code, message, data, remedy, diagnostics, cause } = thrown
  return new GumpError(code, message, {
    data,
    cause,
    ...(remedy === undefined ? {} : { remedy }),
    diagnostics: placesOfAgents(context, diagnostics, named),
  })
}

/** Problems with the places where the user has named agents that no workflow names. */
export function placesOfAgents(
  context: CliContext,
  diagnostics: readonly Diagnostic[],
  named: Named,
): readonly Diagnostic[] {
  return diagnostics.map((diagnostic) =>
    isUnplaced(diagnostic) ? { ...diagnostic, ...placeFor(context, named) } : diagnostic,
  )
}

function isAboutAgent({ diagnostics }: GumpError): boolean {
  return diagnostics.some(isUnplaced)
}

function isUnplaced({ code, file, line }: Diagnostic): boolean {
  return (code === 'GUMP-P005' || code === 'GUMP-P006') && file === undefined && line === undefined
}

function placeFor(
  context: CliContext,
  { config, root, byFlag }: Named,
): Pick<Diagnostic, 'file' | 'line' | 'range'> {
  if (byFlag) return placeOfFlag(context.argv.slice(2), '--agent', { value: true }) ?? {}
  const source = config.find('default_agent')?.source
  const files = configFiles({ root, home: context.home })
  const file = source === 'project' ? files.project : source === 'user' ? files.user : null
  if (file === null) return {}
  const read = readGivenFile(file.path, { root: source === 'project' ? root : null })
  const range = 'text' in read ? rangeOf(locateKeys(read.text), ['default_agent'], 'value') : undefined
  return range === undefined ? {} : { file: file.path.startsWith(root) ? file.name : file.path, range }
}
