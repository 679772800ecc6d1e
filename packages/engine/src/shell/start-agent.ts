import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import { artifactPath } from '@gump/ledger'
import type { ProcessLaunch } from '@gump/agents'
import { findOnPath } from '@gump/process'
import type { LaunchEffect } from '@gump/core'
import type { RunningAgent } from '../supervise/agent-source.js'
import { startEmbedded } from '../supervise/embedded-agent.js'
import { agentEnvironment } from './environment.js'
import type { PreparedLaunch } from './prepare-launch.js'
import type { RunContext } from './run-context.js'
import { sandboxFor } from './sandbox-policy.js'
import { startIsolated } from './start-isolated.js'
import { tellCut } from './tell-cut.js'

const graceMs = 2000
const stderrTailChars = 4096

/** Starts what the adapter described; every line of its stream goes to `onLine` as it comes. */
export async function startAgent(
  context: RunContext,
  effect: LaunchEffect,
  launch: PreparedLaunch,
  onLine: (line: string) => void,
): Promise<RunningAgent> {
  const stdoutFile = context.artifacts.pathFor(artifactPath(effect.launch, 'stream.ndjson'))
  const stderrFile = context.artifacts.pathFor(artifactPath(effect.launch, 'stderr.txt'))
  context.ambient.faults(`spawn:${effect.id}`)
  if (launch.plan.kind === 'embedded') {
    return startEmbedded({
      program: launch.plan.program,
      cwd: launch.cwd,
      clock: context.ambient.clock,
      stdoutFile,
      stderrFile,
      mask: (text) => context.masker.mask(text),
      // As from a process, whose lines are masked before they are passed on.
      onLine: (line) => onLine(context.masker.mask(line)),
    })
  }
  return startProcess(context, effect, launch, {
    plan: launch.plan,
    files: { stdoutFile, stderrFile },
    onLine,
  })
}

/**
 * A configured executable stands in for the adapter's own program, and for nothing else it may run. Programs are those of the
 * user's PATH, also where what the agent sees of it leads into the worktree.
 */
function programOf(
  context: Pick<RunContext, 'ambient' | 'settings'>,
  { adapter }: PreparedLaunch,
  { file }: ProcessLaunch,
): string {
  if (file === 'node') return process.execPath
  const own = file === adapter.detection?.command ? context.settings.executables[adapter.name] : undefined
  const program = own ?? file
  return program.includes('/') ? program : (findOnPath(program, context.ambient.env) ?? program)
}

/** Where it cannot be made, the program tells what it lacks better than we could. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch {
    return
  }
}

interface ProcessStart {
  readonly plan: ProcessLaunch
  readonly files: { readonly stdoutFile: string; readonly stderrFile: string }
  readonly onLine: (line: string) => void
}

async function startProcess(
  context: RunContext,
  effect: LaunchEffect,
  launch: PreparedLaunch,
  { plan, files, onLine }: ProcessStart,
): Promise<RunningAgent> {
  const scratch = launch.filesDir
  for (const [name, content] of Object.entries(plan.files ?? {})) {
    const file = resolve(scratch, name)
    if (!file.startsWith(scratch + sep)) continue
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
  let stderrTail = ''
  const policy = await sandboxFor(context, effect, launch.cwd, [
    ...plan.stateDirs,
    ...(plan.stateFiles ?? []),
  ])
  // What is read-only around it cannot get a new folder from inside.
  if (policy?.mode === 'strict') for (const folder of plan.stateDirs) makeFolder(folder)
  const worktree = effect.mode === 'none' ? null : await context.worktrees.open(effect.workspace)
  const child = await startIsolated(
    context,
    { worktree },
    {
      container: launch.container,
      file: programOf(context, launch, plan),
      args: plan.args,
      cwd: launch.cwd,
      env: agentEnvironment(context, launch.cwd, plan),
      ...(plan.stdin === undefined ? {} : { stdin: plan.stdin }),
      ...(policy === null ? {} : { sandbox: policy }),
      ...files,
      maxFileBytes: context.settings.maxLogBytes,
      mask: context.masker.secrets,
    },
    {
      onStdoutLine: onLine,
      onStderrLine: (line) => (stderrTail = `${stderrTail}${line}\n`.slice(-stderrTailChars)),
    },
  )
  return {
    pid: child.identity.pid,
    pidStart: child.identity.pidStart,
    level: child.level,
    sandboxed: child.sandboxed,
    exit: child.exit.then(({ cut = [], ...exit }) => {
      for (const { file, omittedBytes } of cut) {
        tellCut(context, { path: relative(context.dir, file), omittedBytes, step: effect.launch.step })
      }
      return { ...exit, stderrTail }
    }),
    stop: () => child.stop(graceMs),
    kill: () => child.kill(),
  }
}
