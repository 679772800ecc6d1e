import type { ProcessRunner, SandboxPolicy } from '@gump/process'
import type { Worktree } from '@gump/workspace'
import { createGateShell, type GateCommandResult, type GateShell } from '@gump/gates'
import type { RunContext } from './run-context.js'
import { tellCut } from './tell-cut.js'
import { gateEnvironmentIn } from './environment.js'
import { startIsolated } from './start-isolated.js'

const tenMinutes = 600_000

export interface ShellRequest {
  /** Made into the container's id. */
  readonly name: string
  readonly cwd: string
  /** Artifact path of the log. */
  readonly log: string
  readonly timeoutMs?: number
  /** Path of the step it is for. */
  readonly step?: string
  readonly sandbox?: SandboxPolicy | null
  /** The worktree that it works in; absent: none. */
  readonly worktree?: Worktree | null
  readonly signal: AbortSignal
}

/** Project code looks at what an agent has just worked with, so the refs that the agent saw are good enough. */
function isolatedRunner(context: RunContext, worktree: Worktree | null): ProcessRunner {
  return {
    ...context.ambient.processes,
    start: (spec, listeners) => startIsolated(context, { worktree, again: true }, spec, listeners),
  }
}

/** A shell for project code: contained, timed, logged, on record before it starts, without provider keys. */
export function projectShell(context: RunContext, request: ShellRequest): GateShell {
  const { step, sandbox } = request
  const shell = createGateShell({
    runner: isolatedRunner(context, request.worktree ?? null),
    container: `${context.runId}/${request.name}`,
    cwd: request.cwd,
    env: gateEnvironmentIn(context, request.cwd),
    timeoutMs: request.timeoutMs ?? tenMinutes,
    idleMs: context.settings.gateIdleMs,
    maxLogBytes: context.settings.maxLogBytes,
    logFile: context.artifacts.pathFor(request.log),
    excerptChars: context.settings.maxErrorChars,
    signal: request.signal,
    clock: context.ambient.clock,
    mask: context.masker.secrets,
    ...(sandbox == null ? {} : { sandbox }),
    onContainer: (container) =>
      context.journal.append([
        { type: 'command_launching', container, ...(step === undefined ? {} : { step }) },
      ]),
    onStarted: ({ identity, level, sandboxed }) =>
      context.journal.append([
        {
          type: 'command_launched',
          container: identity.container,
          pid: identity.pid,
          pid_start: identity.pidStart,
          level,
          sandbox: sandboxed ? 'enforced' : 'detected',
        },
      ]),
  })
  return {
    async run(command) {
      const result = await shell.run(command)
      if (result.omittedBytes !== undefined) {
        tellCut(context, { path: request.log, omittedBytes: result.omittedBytes, step })
      }
      return result
    },
  }
}

export function runShell(
  context: RunContext,
  request: ShellRequest & { readonly command: string; readonly env: Readonly<Record<string, string>> },
): Promise<GateCommandResult> {
  context.ambient.faults(`spawn:${request.name}`)
  return projectShell(context, request).run({ command: request.command, env: request.env })
}
