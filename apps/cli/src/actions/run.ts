import { forecast } from '@gump/advice'
import type { AgentAdapter } from '@gump/agents'
import type { Engine, ReplayRequest, ResumeRequest, Run, StartRequest } from '@gump/engine'
import { ledgerSpelling, renderForecastText } from '@gump/report'

import { composeEngine } from '../compose/engine.js'
import { isReplay, recordedReplay, replayAgent } from '../compose/replay-agent.js'
import type { Configuration } from '../config/configuration.js'
import { configured } from '../configured.js'
import type { CliContext } from '../context.js'
import { chooseDisplay } from '../display/choose-display.js'
import { makeInterruptible } from '../display/interruptible.js'
import { json } from '../display/json.js'
import { renderPlan } from '../display/plan.js'
import type { RunDisplay } from '../display/run-display.js'
import { exitCodeOfResult, exitCodes } from '../exit-codes.js'
import { exportRun, traceEndpoint } from '../otel/export-run.js'
import { createTerminalHuman } from '../people/terminal-human.js'
import { passedOver } from '../plugins/ready-plugins.js'
import { printDiagnostics } from '../print-error.js'
import { requireRepository } from '../repository.js'
import { agentFromFlag } from '../run/agent-flag.js'
import { refuseMixedFlags } from '../run/combination.js'
import { detach, tellStarted } from '../run/detach.js'
import { flagSettings } from '../run/flag-settings.js'
import { readInputs } from '../run/inputs.js'
import { tellForecast, type ToldForecast } from '../run/tell-forecast.js'
import { handleInterrupts } from '../run/interrupts.js'
import { limitsFromFlags } from '../run/limits.js'
import type { RunCommandOptions } from '../run/options.js'
import { orient, orientAgain } from '../run/orientation.js'
import { pastRuns } from '../run/past-runs.js'
import { withOlderRuns } from '../run/older-runs.js'
import { pathFromRoot } from '../run/path-from-root.js'
import { placesOfAgents, withPlacesOfAgents } from '../run/where-agents-are-named.js'

/** `gump run`: starts or resumes a run, shows it until it stops, and returns the exit code. */
export async function runCommand(context: CliContext, options: RunCommandOptions): Promise<number> {
  refuseMixedFlags(options)
  if (options.detach) return await detach(context)
  const root = requireRepository(context.cwd)
  const config = await configured(context, flagSettings(options))
  const verbose = config.toggle('display', 'verbose')
  const display = makeInterruptible(chooseDisplay(context, { ...options, verbose }))
  const interrupts = handleInterrupts(
    (why) =>
      display.notice(
        why === undefined
          ? 'Stopping; what is done so far stays. Press Ctrl-C again to stop at once.'
          : `${why} Stopping; what is done so far stays.`,
      ),
    () => display.end(),
  )
  if (options.allowUnpriced)
    display.notice('--allow-unpriced has no effect any more: usage without a price counts at an assumed one')
  const named = { config, root, byFlag: options.agent !== undefined }
  try {
    const { agent, agents } = await chooseAgent(context, config, root, options)
    const engine = await composeEngine(context, config, {
      root,
      agents,
      asked: agent,
      plugins: {
        announce: (name) => display.notice(`plugin ${name}`),
        onlyPlans: options.dryRun,
        pass: (plugin) => display.notice(passedOver(plugin)),
      },
      human:
        context.interactive && !options.json && !options.quiet
          ? createTerminalHuman(context, { repo: root, display, interrupt: interrupts.interrupt })
          : null,
    })
    const follow = async (run: Run, past: number, expected?: ToldForecast): Promise<number> => {
      tellStarted(run.alias)
      const code = await show(run, display, { past, ...(expected === undefined ? {} : { expected }) })
      await expected?.told()
      const endpoint = traceEndpoint(context, config)
      if (endpoint !== null) await exportRun(context, endpoint, await engine.events(run.id), display.notice)
      return code
    }
    try {
      if (options.resume) {
        const request = resumeRequest(options, agent, interrupts.signal)
        const past = (await engine.events(request.run)).at(-1)?.seq ?? 0
        const resumed = await engine.resume(request).catch(async (error: unknown) => {
          throw await withOlderRuns(engine, error)
        })
        return await follow(resumed, past)
      }
      if (options.replay) {
        const { spec, ...again } = orientAgain(options)
        const request = {
          ...replayRequest(options, agent, interrupts.signal),
          ...again,
          ...(spec === undefined ? {} : { spec: pathFromRoot(root, context.cwd, spec) }),
        }
        return await follow(await engine.replay(request), 0)
      }
      const asked = await startRequest(context, root, options, agent)
      if (options.dryRun)
        return await showPlan(context, engine, asked, { json: options.json, verbose, named })
      const run = await engine.start({ ...asked, signal: interrupts.signal })
      const isTold = !options.quiet && !options.json
      const plan = display.expect !== undefined || isTold ? await run.plan() : null
      if (plan !== null) display.expect?.(plan)
      return await follow(
        run,
        0,
        plan === null || !isTold
          ? undefined
          : tellForecast(engine, plan, { version: context.version, say: display.notice }),
      )
    } finally {
      await engine.close()
    }
  } catch (error) {
    throw withPlacesOfAgents(context, error, named)
  } finally {
    display.end()
    interrupts.release()
  }
}

/** `--agent` as the engine takes it, and the agents it needs beside the usual ones. */
async function chooseAgent(
  context: CliContext,
  config: Configuration,
  root: string,
  options: RunCommandOptions,
): Promise<{ readonly agent: string | undefined; readonly agents: readonly AgentAdapter[] }> {
  const asked = agentFromFlag(root, context.cwd, options.agent)
  const replayed =
    asked === undefined && (options.resume || options.replay)
      ? await recordedReplay(context, config, root, options.run ?? 'latest')
      : asked
  if (replayed === undefined || !isReplay(replayed)) return { agent: asked, agents: [] }
  const adapter = await replayAgent(context, config, root, replayed)
  return { agent: asked === undefined ? undefined : adapter.name, agents: [adapter] }
}

async function startRequest(
  context: CliContext,
  root: string,
  options: RunCommandOptions,
  agent: string | undefined,
): Promise<StartRequest> {
  const { workflow, spec } = orient(options)
  return {
    workflow,
    inputs: await readInputs(options.set, context.cwd),
    ...(spec === undefined ? {} : { spec: pathFromRoot(root, context.cwd, spec) }),
    ...(agent === undefined ? {} : { agent }),
    ...limitsFromFlags(options),
    pauseAfter: options.pauseAfter,
    allowDirty: options.allowDirty,
    allowUnpriced: options.allowUnpriced,
    park: options.park,
  }
}

function resumeRequest(
  options: RunCommandOptions,
  agent: string | undefined,
  signal: AbortSignal,
): ResumeRequest {
  const { approve, reject, takeOver } = options
  return {
    run: options.run ?? 'latest',
    takeOver,
    ...(approve ? { answer: { decision: 'continue' } } : {}),
    ...(reject === undefined ? {} : { answer: { decision: 'retry', note: reject } }),
    ...limitsFromFlags(options),
    ...(agent === undefined ? {} : { agent }),
    allowUnpriced: options.allowUnpriced,
    signal,
  }
}

function replayRequest(
  options: RunCommandOptions,
  agent: string | undefined,
  signal: AbortSignal,
): ReplayRequest {
  return {
    run: options.run ?? 'latest',
    fromStep: options.fromStep ?? '',
    ...(agent === undefined ? {} : { agent }),
    ...limitsFromFlags(options),
    allowUnpriced: options.allowUnpriced,
    signal,
  }
}

/** The dry run: the plan, the forecast from earlier runs, and what prevents the run. */
async function showPlan(
  context: CliContext,
  engine: Engine,
  request: StartRequest,
  options: {
    readonly json: boolean
    readonly verbose: boolean
    readonly named: Parameters<typeof placesOfAgents>[2]
  },
): Promise<number> {
  const found = await engine.plan(request)
  const plan = { ...found, diagnostics: placesOfAgents(context, found.diagnostics, options.named) }
  const workflow = plan.workflow.name
  const past = await pastRuns(engine, context.version, { workflow })
  const expected = forecast(
    past.map(({ record }) => record),
    { workflow, steps: plan.steps },
  )
  if (options.json) context.stdout.write(json({ ...plan, forecast: ledgerSpelling(expected) }))
  else {
    const text = renderForecastText(expected)
    const outlook = text === '' ? '' : `\n${text}`
    context.stdout.write(`${renderPlan(plan, options)}${outlook}\n`)
    printDiagnostics(context, plan.diagnostics, plan.texts)
  }
  return plan.diagnostics.some(({ severity }) => severity === 'error') ? exitCodes.refused : exitCodes.passed
}

/** @param known - of the run: `past` is the last event that was there before */
async function show(
  run: Run,
  display: RunDisplay,
  { past, expected }: { readonly past: number; readonly expected?: ToldForecast },
): Promise<number> {
  const stopLive = run.onLive((event) => display.onLive(event))
  try {
    for await (const event of run.events) {
      if (event.seq <= past || event.replayed === true) display.recall(event)
      else {
        display.onEvent(event)
        expected?.onEvent(event)
      }
    }
  } finally {
    stopLive()
  }
  return exitCodeOfResult(await run.result)
}
