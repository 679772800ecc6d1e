import { type CommandResolver, type GateResult, resolutionChanges } from '@gump/gates'
import { artifactPath, type NewEvent } from '@gump/ledger'
import type { GateEffect } from '../../core/effects.js'
import { lastAttempt, lastLaunch, nodeAt, segments } from '../../core/tree.js'
import { blastRadiusGate } from '../blast-radius.js'
import { renderGateArgument } from '../gate-argument.js'
import { type GateCommands, gateCommands } from '../gate-commands.js'
import { changedFiles, rawOutput } from '../gate-subject.js'
import { gateVerdict } from '../gate-verdict.js'
import { projectShell } from '../run-shell.js'
import type { RunContext } from '../run-context.js'
import { projectSandbox } from '../sandbox-policy.js'

/** Runs one gate on the tree as the attempt left it. */
export async function performGate(
  context: RunContext,
  effect: GateEffect,
  signal: AbortSignal,
): Promise<void> {
  const { journal, ambient } = context
  const definition =
    effect.gate.gate === 'blast_radius' ? blastRadiusGate(effect) : context.gates.get(effect.gate.gate)
  if (definition === undefined) throw new Error(`there is no gate "${effect.gate.gate}"`)
  const id = { step: effect.path, round: effect.round, attempt: effect.attempt, gate: effect.gate.name }
  const worktree = await context.worktrees.open(effect.workspace)
  await bringBack(context, effect)
  const files = await changedFiles(context, effect)
  const present = files.filter((file) => file.status !== 'deleted').map((file) => file.path)
  const found = await gateCommands({
    ...context,
    baseCommit: journal.state.started?.base_commit ?? effect.base,
    dir: worktree.dir,
    changedFiles: present,
  })
  const commands = found.resolver
  await reportChangedJudge(context, effect, found, definition.commandAlias)
  const argument = await renderGateArgument(context, effect, definition.argument)
  const command = await shownCommand(definition.commandAlias, argument.value, definition.argument, commands)
  // The intent is on record before anything of the project runs.
  journal.append([
    { type: 'gate_started', ...id, ...(command === null ? {} : { command: context.masker.mask(command) }) },
  ])
  const log = artifactPath({ ...id, launch: launchOf(context, effect) }, 'gates', `${effect.gate.name}.log`)
  const startedMs = ambient.clock.now()
  context.ambient.faults(`spawn:${effect.id}`)
  const result = await gateVerdict(definition, {
    cwd: worktree.dir,
    gate: effect.gate.name,
    argument: argument.value,
    argumentEnv: argument.env,
    step: { path: effect.path, type: effect.stepType },
    files,
    output: await rawOutput(context, effect),
    shell: projectShell(context, {
      name: effect.id,
      step: effect.path,
      sandbox: projectSandbox(context, worktree.dir),
      cwd: worktree.dir,
      log,
      signal,
      ...(effect.gate.timeoutMs === undefined ? {} : { timeoutMs: effect.gate.timeoutMs }),
    }),
    commands,
    signal,
  })
  if (signal.aborted) return
  const durationMs = ambient.clock.now() - startedMs
  const stored = await context.artifacts.refOf(log).catch(() => null)
  journal.append([resultEvent(context, id, result, durationMs, stored)])
}

/** The first gate sees the commit that is judged, whatever the worktree held; later ones also what earlier ones built. */
async function bringBack(context: RunContext, effect: GateEffect): Promise<void> {
  const node = nodeAt(context.journal.state.root, segments(effect.path))
  const first = Object.keys(lastAttempt(node)?.gates ?? {}).length === 0
  const known = context.journal.state.workspaces[effect.workspace]?.content ?? null
  if (!first || known === effect.subject) return
  const worktree = await context.worktrees.open(effect.workspace)
  await worktree.restore(effect.subject, 'reset')
}

function launchOf(context: RunContext, effect: GateEffect): number {
  const attempt = lastAttempt(nodeAt(context.journal.state.root, segments(effect.path)))
  return attempt === null ? 1 : (lastLaunch(attempt)?.n ?? 1)
}

/** Whoever changes what judges them is not judged by it, and people hear of it. */
async function reportChangedJudge(
  context: RunContext,
  effect: GateEffect,
  { atBase, now }: GateCommands,
  alias: string | undefined,
): Promise<void> {
  if (alias === undefined || (await atBase.resolve(alias)).status !== 'resolved') return
  const [change] = await resolutionChanges(atBase, now, [alias])
  if (change === undefined) return
  context.journal.append([
    {
      type: 'warning',
      step: effect.path,
      message: `the step changed what "${alias}" means, from ${change.before ?? 'nothing'} to ${change.after ?? 'nothing'}; it is judged by what the run began with`,
    },
  ])
}

type GateId = {
  readonly step: string
  readonly round: number
  readonly attempt: number
  readonly gate: string
}

async function shownCommand(
  alias: string | undefined,
  argument: unknown,
  kind: string,
  commands: CommandResolver,
): Promise<string | null> {
  if (kind === 'command' && typeof argument === 'string') return argument
  if (alias === undefined) return null
  const found = await commands.resolve(alias)
  return found.status === 'resolved' ? found.command : null
}

function resultEvent(
  context: RunContext,
  id: GateId,
  result: GateResult,
  durationMs: number,
  log: Awaited<ReturnType<RunContext['artifacts']['refOf']>> | null,
): NewEvent {
  const facts = {
    ...id,
    duration_ms: durationMs,
    ...('exitCode' in result && result.exitCode !== undefined ? { exit_code: result.exitCode } : {}),
    ...(log === null ? {} : { log }),
  }
  switch (result.status) {
    case 'pass':
      return {
        type: 'gate_passed',
        ...facts,
        ...(result.detail === undefined ? {} : { detail: result.detail }),
      }
    case 'fail':
      return { type: 'gate_failed', ...facts, error: context.masker.mask(result.error) }
    case 'skipped':
      return { type: 'gate_skipped', ...id, reason: result.reason }
    case 'unconfigured':
      return {
        type: 'circuit_breaker',
        step: id.step,
        reason: context.masker.mask(`gate ${id.gate} can not run: ${result.reason}`),
        remedy: result.remedy,
      }
  }
}
