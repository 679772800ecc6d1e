import { escapeControl } from '@gump/errors'
import type { GateCommandResult, ResolvedCommand } from '../contract.js'

/**
 * Why a command did not succeed, as an agent needs to read it: what ran, how it ended, what it printed.
 *
 * @example
 * ```ts
 * describeFailure('npm test', result) // '`npm test` exited with 1\n1 failing …'
 * ```
 */
export function describeFailure(command: string | ResolvedCommand, result: GateCommandResult): string {
  const reason = `\`${nameOf(command)}\` ${ending(result)}`
  return result.excerpt === '' ? `${reason}, without any output` : `${reason}\n${result.excerpt}`
}

/** What a command is called in a sentence: its label or its text, on one line and not too long. */
export function nameOf(command: string | ResolvedCommand): string {
  const line = escapeControl(typeof command === 'string' ? command : (command.label ?? command.command))
  return line.length > 200 ? `${line.slice(0, 200)}…` : line
}

function ending(result: GateCommandResult): string {
  if (result.timedOut)
    return `was stopped at the time limit, after ${String(Math.round(result.durationMs / 1000))} s`
  if (result.exitCode === null) return `was ended by ${result.signal ?? 'a signal'}`
  if (result.exitCode === 127) return 'exited with 127: a program was not found'
  if (result.exitCode === 126) return 'exited with 126: a program could not be executed'
  return `exited with ${String(result.exitCode)}`
}
