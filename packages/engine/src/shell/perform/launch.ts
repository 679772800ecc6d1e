import { createTurnTracker, createUsageMeter } from '@gump/agents'
import { artifactPath, type NewEvent } from '@gump/ledger'
import { createGuardPanel } from '@gump/guards'
import type { LaunchEffect } from '@gump/core'
import { assemblePrompt } from '../prompt/assemble-prompt.js'
import { createSupervisor, type Supervisor } from '../../supervise/supervisor.js'
import { tolerantParser } from '../../supervise/tolerant-parser.js'
import { agentWarnings, type Ending } from '../agent-warnings.js'
import type { RunningAgent } from '../../supervise/agent-source.js'
import { launchEvents, spentBeforeUsd } from '../launch-facts.js'
import { prepareWorktree } from '../prepare-worktree.js'
import type { RunContext } from '../run-context.js'
import { type PreparedLaunch, prepareLaunch } from '../prepare-launch.js'
import { startAgent } from '../start-agent.js'
import { StopReason } from '../stop-reason.js'
import { outcomeEvent } from '../outcome-event.js'
import { ownLimitTrip } from '../own-limit.js'

/** Launches an agent and watches it to its end. */
export async function performLaunch(
  context: RunContext,
  effect: LaunchEffect,
  signal: AbortSignal,
): Promise<void> {
  const { adapter } = context.agents.get(effect.agent)
  const release = await context.limiter.acquire(adapter.name, signal).catch(() => null)
  if (release === null) return
  try {
    const cwd = await prepareWorktree(context, effect, signal)
    if (signal.aborted) return
    const prompt = context.masker.mask(await assemblePrompt(context, effect, cwd, signal))
    if (signal.aborted) return
    const launch = await prepareLaunch(context, effect, cwd, prompt)
    // What is no longer asked for, such as an agent of a provider that has just refused, is not started.
    if (signal.aborted) return
    await supervise(context, effect, launch, signal)
  } finally {
    release()
  }
}

async function supervise(
  context: RunContext,
  effect: LaunchEffect,
  launch: PreparedLaunch,
  signal: AbortSignal,
): Promise<void> {
  const { journal, ambient } = context
  const startedMs = ambient.clock.now()
  const append = (event: NewEvent): void => journal.append([event])
  // From timers and streams, where nobody would catch what it throws: the agent goes first, then the error is rethrown.
  const failures: unknown[] = []
  const note = (event: NewEvent): void => {
    try {
      append(event)
    } catch (error) {
      failures.push(error)
      kill('cancel', false)
    }
  }
  const tracker = createTurnTracker({ nowMs: startedMs })
  const meter = createUsageMeter({
    price: launch.price,
    priceOf: context.settings.pricing,
    usualPrice: launch.usualPrice,
    assumedPrice: launch.assumedPrice,
    previousSessionTotals: launch.sessionTotals,
  })
  const warnings = agentWarnings(context, effect)
  const ending: Ending = { heldTrip: null, silentMs: null }
  let agent: RunningAgent | null = null
  let killedBy: 'guard' | 'limit' | 'cancel' | 'ended' | undefined
  const kill = (by: typeof killedBy, polite: boolean): void => {
    killedBy ??= by
    // A kill that fails shows in the exit, which is awaited below.
    void (polite ? agent?.stop() : agent?.kill())?.catch(() => {})
  }
  const supervisor: Supervisor = createSupervisor({
    // Nobody could watch the agent any longer.
    parser: tolerantParser(launch.adapter.createParser(), () => kill('cancel', false)),
    tracker,
    meter,
    guards: createGuardPanel([...context.guards.values()], effect.step.guards, {
      worktree: launch.cwd,
      checkout: context.repoRoot,
    }),
    clock: ambient.clock,
    ending: context.settings.agentEnd,
    spentBeforeUsd: spentBeforeUsd(journal.state, effect),
    onSession: (session_id) => note({ type: 'session_started', ...effect.launch, session_id }),
    onTurn: (turn) => note(launchEvents.turn(effect, turn, meter.sinceMark(), context.masker)),
    onEvent: (event) => {
      const warning = warnings.of(event)
      if (warning !== null) note(warning)
      context.live({ path: effect.path, ...effect.launch }, event)
    },
    onTrip: (trip, final) => {
      kill('guard', false)
      if (final) note({ type: 'guard_triggered', ...effect.launch, ...trip })
      else ending.heldTrip = trip
    },
    onSilence: (silentMs) => {
      kill('ended', true)
      ending.silentMs = silentMs
    },
  })

  try {
    journal.append([...notes(effect), launch.event])
    agent = await startAgent(context, effect, launch, (line) => supervisor.push(line))
    note({
      type: 'agent_launched',
      ...effect.launch,
      pid: agent.pid,
      pid_start: agent.pidStart,
      level: agent.level,
      sandbox: agent.sandboxed ? 'enforced' : 'detected',
    })
    // It may have said something to be killed for before it was known by its handle.
    if (killedBy !== undefined) kill(killedBy, false)
    const onAbort = (): void => kill(StopReason.from(signal).by === 'limit' ? 'limit' : 'cancel', true)
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) onAbort()
    const exit = await agent.exit
    signal.removeEventListener('abort', onAbort)
    if (failures.length > 0) throw failures[0]

    const outcome = supervisor.end({ ...exit, ...(killedBy === undefined ? {} : { killedBy }) })
    const finalText =
      outcome.finalText === undefined
        ? null
        : context.artifacts.write(
            artifactPath(effect.launch, 'final.txt'),
            context.masker.mask(outcome.finalText),
          )
    const own = supervisor.trip === null ? ownLimitTrip(effect, launch.adapter, outcome) : null
    for (const warning of warnings.atEnd(outcome, supervisor.trip === null ? ending : null)) note(warning)
    const { heldTrip } = ending
    if (heldTrip !== null && supervisor.trip !== null)
      note({ type: 'guard_triggered', ...effect.launch, ...heldTrip })
    if (own !== null) note({ type: 'guard_triggered', ...effect.launch, ...own })
    const alarm = await context.watch.look(effect.path)
    journal.append([
      outcomeEvent(context, effect, {
        outcome,
        trip: supervisor.trip ?? own,
        stopping: signal.aborted ? StopReason.from(signal) : null,
        usage: meter.total(),
        contextWindow: outcome.contextWindow ?? launch.price?.contextWindow ?? null,
        metrics: tracker.metrics(),
        durationMs: ambient.clock.now() - startedMs,
        finalText,
        exit,
      }),
      ...alarm,
    ])
  } finally {
    supervisor.stop()
  }
}

/** What a reader of the ledger should know before the agent starts. */
function notes(effect: LaunchEffect): NewEvent[] {
  return effect.sessionNote === null
    ? []
    : [{ type: 'warning', step: effect.path, message: effect.sessionNote }]
}
