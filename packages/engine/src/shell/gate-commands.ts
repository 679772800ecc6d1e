import { type CommandResolver, createCommandResolver, diskFiles } from '@gump/gates'
import { findOnPath } from '@gump/process'
import type { Ambient, EngineSettings } from '../contract.js'

/** Commands of gates: the user's settings first, then what the project in `dir` offers. */
export function gateCommands(
  ambient: Pick<Ambient, 'env'>,
  settings: Pick<EngineSettings, 'gateCommands'>,
  dir: string,
  changedFiles: readonly string[],
): CommandResolver {
  return createCommandResolver({
    files: diskFiles(dir),
    overrides: settings.gateCommands,
    findProgram: (name) => findOnPath(name, ambient.env) ?? null,
    changedFiles,
  })
}
