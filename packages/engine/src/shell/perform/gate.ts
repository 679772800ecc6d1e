import {
  type CommandResolver,
  emptiesCommand,
  type GateResult,
  judgeRole,
  type JudgedChange,
  resolutionChanges,
} from '@gump/gates'
import { artifactPath, type NewEvent } from '@gump/ledger'
import type { GateEffect } from '@gump/core'
import { lastAttempt, lastLaunch, nodeAt, segments } from '@gump/history'
import { blastRadiusGate } from '../blast-radius.js'
import { renderGateArgument } from '../gate-argument.js'
import { type GateCommands, gateCommands } from '../gate-commands.js'
import { baseOfJudged, changedFiles, rawOutput } from '../gate-subject.js'
import { gateVerdict } from '../gate-verdict.js'
import { changedTexts } from '../judge/changed-texts.js'
import { gateChange } from '../judge/gate-change.js'
import { reportWeakened } from '../judge/report-weakened.js'
import { routesFor } from '../judge/routes.js'
import { gateSurroundings } from '../setup/gate-surroundings.js'
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
  const began = journal.state.started?.base_commit ?? effect.base
  const found = await gateCommands({
    ...context,
    baseCommit: began,
    dir: worktree.dir,
    changedFiles: present,
  })
  const commands = found.resolver
  const manifestTold = await reportChangedJudge(context, effect, found, definition.commandAlias)
  const argument = await renderGateArgument(context, effect, definition.argument)
  const command = await shownCommand(
    definition.commandAlias ?? definition.mayRun,
    argument.value,
    definition.argument,
    commands,
  )
  // The intent is on record before anything of the project runs.
  journal.append([
    { type: 'gate_started', ...id, ...(command === null ? {} : { command: context.masker.mask(command) }) },
  ])
  const log = artifactPath({ ...id, launch: launchOf(context, effect) }, 'gates', `${effect.gate.name}.log`)
  const startedMs = ambient.clock.now()
  context.ambient.faults(`spawn:${effect.id}`)
  const shell = projectShell(context, {
    name: effect.id,
    step: effect.path,
    sandbox: await projectSandbox(context, worktree.dir),
    worktree,
    cwd: worktree.dir,
    log,
    signal,
    ...(effect.gate.timeoutMs === undefined ? {} : { timeoutMs: effect.gate.timeoutMs }),
  })
  const base = baseOfJudged(context, effect)
  const change =
    base === effect.subject
      ? null
      : gateChange({ context, worktree, shell, began, base, subject: effect.subject })
  if (change !== null && definition.commandAlias === 'test')
    await reportWeakened(context, effect.path, change, (path) => manifestTold && judgeRole(path) === 'route')
  const routes = await routesFor(context.workspace, began, effect.subject)
  await worktree.substitute(routes.placed)
  const emptied =
    command === null || change === null
      ? null
      : await emptiedRecipe(context, began, effect.subject, { command, change })
  const surroundings = { effect, worktree, command: command ?? '', shell }
  const result =
    emptied ??
    (command === null ? null : await gateSurroundings(context, surroundings, signal)) ??
    (await gateVerdict(definition, {
      cwd: worktree.dir,
      gate: effect.gate.name,
      argument: argument.value,
      argumentEnv: argument.env,
      step: { path: effect.path, type: effect.stepType },
      files,
      output: await rawOutput(context, effect),
      change,
      shell,
      commands,
      signal,
    }))
  await worktree.substitute(routes.own)
  if (signal.aborted) return
  // A verdict on files that are gone says nothing.
  await worktree.demandIntact()
  const durationMs = ambient.clock.now() - startedMs
  const stored = await context.artifacts.refOf(log).catch(() => null)
  const warnings = result.status === 'pass' ? (result.warnings ?? []) : []
  const alarm = await context.watch.look(effect.path)
  journal.append([
    resultEvent(context, id, result, { durationMs, log: stored }),
    ...alarm,
    ...warnings.map((message): NewEvent => ({
      type: 'warning',
      step: effect.path,
      message: context.masker.mask(message),
    })),
  ])
}

/** A recipe that checked something and checks nothing now fails the gates that run it. */
async function emptiedRecipe(
  context: Pick<RunContext, 'workspace'>,
  began: string,
  subject: string,
  { command, change }: { readonly command: string; readonly change: JudgedChange },
): Promise<GateResult | null> {
  const changes = (await change.judge()).filter(({ effect }) => effect === 'emptied')
  if (changes.length === 0) return null
  const files = await changedTexts(context.workspace, began, subject, (path) => judgeRole(path) === 'recipe')
  const [first] = emptiesCommand(command, changes, files)
  if (first === undefined) return null
  const error = `${first.path}: ${first.detail}, so \`${command}\` would pass whatever the code does; restore the recipe`
  return { status: 'fail', error, exitCode: null }
}

/**
 * The first gate sees the commit that is judged, whatever the worktree held; later ones also what earlier ones built. One that was
 * stopped half way may have left the worktree at another commit, which it compared with.
 */
async function bringBack(
  context: Pick<RunContext, 'journal' | 'worktrees'>,
  effect: GateEffect,
): Promise<void> {
  const attempt = lastAttempt(nodeAt(context.journal.state.root, segments(effect.path)))
  const first = Object.keys(attempt?.gates ?? {}).length === 0
  const before = attempt?.judged.find(({ name }) => name === effect.gate.name)
  const wasStopped = (before?.started?.seq ?? 0) > (before?.result?.seq ?? 0)
  const known = context.journal.state.workspaces.get(effect.workspace)?.content ?? null
  const worktree = await context.worktrees.open(effect.workspace)
  const madeAgain = context.worktrees.isMadeAgain(effect.workspace)
  if (!madeAgain && !wasStopped && (!first || known === effect.subject)) return
  await worktree.restore(effect.subject, 'reset')
  context.worktrees.settle(effect.workspace)
}

function launchOf(context: Pick<RunContext, 'journal'>, effect: GateEffect): number {
  const attempt = lastAttempt(nodeAt(context.journal.state.root, segments(effect.path)))
  return attempt === null ? 1 : (lastLaunch(attempt)?.n ?? 1)
}

/** An attempt that changes its own judge is not judged by the changed one, and the run says so; true when it does. */
async function reportChangedJudge(
  context: Pick<RunContext, 'journal'>,
  effect: GateEffect,
  { atBase, now }: GateCommands,
  alias: string | undefined,
): Promise<boolean> {
  if (alias === undefined || (await atBase.resolve(alias)).status !== 'resolved') return false
  const [change] = await resolutionChanges(atBase, now, [alias])
  if (change === undefined) return false
  context.journal.append([
    {
      type: 'warning',
      step: effect.path,
      message: `the step changed what "${alias}" means, from ${change.before ?? 'nothing'} to ${change.after ?? 'nothing'}; it is judged by what the run began with`,
    },
  ])
  return true
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

interface GateRecord {
  readonly durationMs: number
  readonly log: Awaited<ReturnType<RunContext['artifacts']['refOf']>> | null
}

function resultEvent(
  context: Pick<RunContext, 'masker'>,
  id: GateId,
  result: GateResult,
  { durationMs, log }: GateRecord,
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
        reason: context.masker.mask(`gate ${id.gate} cannot run: ${result.reason}`),
        remedy: result.remedy,
      }
  }
}
