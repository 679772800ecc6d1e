import { escapeControl } from '@gump/errors'
import type { GateCommandResult, ResolvedCommand } from '../contract.js'
import { reportedSoFar } from './reported-so-far.js'

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
  if (result.timedOut) return whenStopped(result)
  if (result.exitCode === null) return `was ended by ${result.signal ?? 'a signal'}`
  if (result.exitCode === 127) return 'exited with 127: a program was not found'
  if (result.exitCode === 126) return 'exited with 126: a program could not be executed'
  return `exited with ${String(result.exitCode)}`
}

/** `reported 56 failed and 3 passed tests, then nothing for 5 min, and was stopped` */
export function whenStopped(result: Pick<GateCommandResult, 'durationMs' | 'output' | 'silentMs'>): string {
  const reported = reportedSoFar(result.output)
  const counts =
    reported === null
      ? null
      : [
          ...(reported.failed > 0 ? [`${String(reported.failed)} failed`] : []),
          ...(reported.passed > 0 ? [`${String(reported.passed)} passed`] : []),
        ].join(' and ')
  const before = counts === null ? '' : `reported ${counts} tests, then `
  if (result.silentMs !== undefined)
    return `${before}printed nothing for ${spoken(result.silentMs)}, and was stopped`
  return `${before}was stopped at the time limit, after ${spoken(result.durationMs)}`
}

function spoken(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 120 ? `${String(seconds)} s` : `${String(Math.round(seconds / 60))} min`
}
