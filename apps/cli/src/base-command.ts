import { Command } from '@oclif/core'

import { type CliContext, cliContext } from './context.js'

/**
 * What all commands share. A command declares its arguments and flags; what it does is in `actions/`, loaded only when
 * it is really run, so that help and completion stay quick.
 */
export abstract class BaseCommand extends Command {
  /** Runs an action with the world around it; what it returns is the exit code. */
  protected async act(action: (context: CliContext) => Promise<number>): Promise<void> {
    process.exitCode = await action(cliContext(this.config.version))
  }
}
