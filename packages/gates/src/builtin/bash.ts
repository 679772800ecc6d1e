import { defineGate } from '../define-gate.js'
import type { GateDefinition } from '../contract.js'
import { couldNotRun } from '../verdicts/could-not-run.js'
import { describeFailure } from '../verdicts/describe-failure.js'
import { readableCommand } from '../verdicts/readable-command.js'

/** Shell text of the workflow, run with bash in the worktree's root; inserted values travel as data in the environment. */
export const bash: GateDefinition = defineGate({
  name: 'bash',
  summary: 'passes when the command exits with 0',
  argument: 'command',
  required: true,
  async run(context) {
    const command = context.argument
    if (typeof command !== 'string' || command.trim() === '') {
      return {
        status: 'unconfigured',
        reason: 'the bash gate has no command',
        remedy: 'write one: `- bash: "make check"`',
      }
    }
    const result = await context.shell.run({ command, env: context.argumentEnv })
    if (result.exitCode === 0 && !result.timedOut) return { status: 'pass', exitCode: 0 }
    const error = describeFailure(readableCommand(command, context.argumentEnv), result)
    const why = couldNotRun(result)
    if (why !== null) {
      const remedy = `install ${why.program ?? 'what the command needs'}, or correct the command of the gate`
      return { status: 'unconfigured', reason: error, remedy }
    }
    return {
      status: 'fail',
      error,
      exitCode: result.exitCode,
    }
  },
})
