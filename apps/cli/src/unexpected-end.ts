import { escapeControl, formatError, GumpError, isSystemError, toGumpError } from '@gump/errors'
import { writeSync } from 'node:fs'

import { exitCodes } from './exit-codes.js'

/** Code that Node ends with when nothing is left to do but a promise is still waited for. */
const nothingLeft = 13

/**
 * Plugins run in this process: one that exits, throws out of a timer or waits for what never comes must not end a command
 * as if it had done its work, without a word, or with a stack trace.
 *
 * @returns to be called when the command has ended by itself
 */
export function refuseUnexpectedEnd(): () => void {
  const onExit = (code: number): void => {
    if (code !== exitCodes.passed && code !== nothingLeft) return
    process.exitCode = exitCodes.failed
    say(
      unexpected(
        code === nothingLeft
          ? 'nothing is left to do, but the command is not done: something that it waits for never comes'
          : 'something ended the process before the command was done',
      ),
    )
  }
  const onError = (error: unknown): void => {
    const message = error instanceof Error ? error.message : String(error)
    say(isSystemError(error) ? toGumpError(error) : unexpected(message), error)
    process.exit(exitCodes.failed)
  }
  process.once('exit', onExit)
  process.once('uncaughtException', onError)
  return () => {
    process.off('exit', onExit)
    process.off('uncaughtException', onError)
  }
}

function unexpected(message: string): GumpError {
  return new GumpError('GUMP-R999', escapeControl(message), {
    remedy: 'Plugins run inside of Gump: if some are configured, try without them; if not, please report it.',
  })
}

function say(error: GumpError, thrown?: unknown): void {
  const trace =
    thrown instanceof Error && process.env['GUMP_LOG_LEVEL'] === 'debug' ? `${thrown.stack}\n` : ''
  try {
    writeSync(2, `${formatError(error)}\n${escapeControl(trace, { multiline: true })}`)
  } catch {
    // Nobody reads any more; the exit code tells.
  }
}
