import type { GateContext, GateCommandResult, GateResult, ResolvedCommand } from '../contract.js'
import { couldNotRun } from '../verdicts/could-not-run.js'
import { describeFailure, nameOf } from '../verdicts/describe-failure.js'

/** A command that was found and has run, or the result that says why not. */
export type AliasRun =
  | { readonly command: ResolvedCommand; readonly result: GateCommandResult }
  | { readonly gateResult: GateResult }

/**
 * Resolves an alias and runs its command. Without a command a required gate is `unconfigured`, another one `skipped`.
 */
export async function runAlias(context: GateContext, alias: string, required: boolean): Promise<AliasRun> {
  const command = await context.commands.resolve(alias)
  if (command.status === 'unresolved') {
    const gateResult: GateResult = required
      ? { status: 'unconfigured', reason: command.because, remedy: command.remedy }
      : { status: 'skipped', reason: command.because }
    return { gateResult }
  }
  // A check that looks at nothing of the change proves nothing.
  if (command.nothingToCheck === true) return { gateResult: { status: 'skipped', reason: command.because } }
  const result = await context.shell.run({ command: command.command })
  const why = couldNotRun(result)
  return why === null
    ? { command, result }
    : { gateResult: cannotRun(command, result, { ...why, alias, required }) }
}

/** A tool that is not there says nothing about the attempt, which is not charged for it. */
function cannotRun(
  command: ResolvedCommand,
  result: GateCommandResult,
  {
    reason,
    program,
    alias,
    required,
  }: { reason: string; program: string | null; alias: string; required: boolean },
): GateResult {
  const said = result.exitCode === 126 || result.exitCode === 127
  const text = describeFailure(command, result) + (said ? '' : `\n${reason}`)
  if (!required) return { status: 'skipped', reason: text }
  const install = program === null ? 'install what the command needs' : `install ${program}`
  return {
    status: 'unconfigured',
    reason: text,
    remedy: `${install}, or set ${alias} = "…" under [gates] in gump.toml`,
  }
}

/** The result of a gate that passes when its command exits with 0. */
export async function passesWhenZero(
  context: GateContext,
  alias: string,
  required: boolean,
): Promise<GateResult> {
  const run = await runAlias(context, alias, required)
  if ('gateResult' in run) return run.gateResult
  const { command, result } = run
  if (result.exitCode === 0 && !result.timedOut) {
    return { status: 'pass', exitCode: 0, detail: `${nameOf(command)}: ${command.because}` }
  }
  return { status: 'fail', error: describeFailure(command, result), exitCode: result.exitCode }
}
