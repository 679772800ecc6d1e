import { loadConfiguration } from './config/load.js'
import type { Configuration } from './config/configuration.js'
import type { Setting } from './config/layer.js'
import { type CliContext, logLevels } from './context.js'
import { printDiagnostics } from './print-error.js'
import { repositoryRoot } from './repository.js'

/** Loads the configuration for a command, puts the log level in force, and says what is odd about it. */
export async function configured(
  context: CliContext,
  flags: readonly Setting[] = [],
): Promise<Configuration> {
  const config = await loadConfiguration({
    root: repositoryRoot(context.cwd),
    home: context.home,
    env: context.env,
    flags,
  })
  context.log.level = logLevels.find((level) => level === config.text('log_level')) ?? context.log.level
  printDiagnostics(context, config.diagnostics)
  return config
}
