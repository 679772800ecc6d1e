import { realpathSync } from 'node:fs'
import type { AgentAdapter, LaunchPlan, SessionTotals } from '@gump/agents'
import { artifactPath, type NewEvent } from '@gump/ledger'
import type { ModelPrice } from '../contract.js'
import type { LaunchEffect } from '@gump/core'
import { launchPlan } from './launch-plan.js'
import { sessionTotals } from './launch-facts.js'
import { filesFolder } from './scratch-folder.js'
import type { RunContext } from './run-context.js'

/** A launch with everything decided: what is run, and the line that announces it. */
export interface PreparedLaunch {
  readonly adapter: AgentAdapter
  readonly plan: LaunchPlan
  readonly cwd: string
  readonly container: string
  /** Where the files of the plan go. */
  readonly filesDir: string
  readonly price: ModelPrice | null
  /** Where no model was asked for. */
  readonly usualPrice: ModelPrice | null
  /** For limits, where there is no price. */
  readonly assumedPrice: ModelPrice | null
  readonly sessionTotals: SessionTotals | null
  readonly event: Extract<NewEvent, { readonly type: 'agent_launching' }>
}

export async function prepareLaunch(
  context: RunContext,
  effect: LaunchEffect,
  cwd: string,
  prompt: string,
): Promise<PreparedLaunch> {
  const { adapter, model } = context.agents.get(effect.agent)
  const stored = context.artifacts.write(artifactPath(effect.launch, 'prompt.txt'), prompt)
  const container = `${context.runId}/${effect.id}`
  const { path } = await context.detect(adapter)
  const filesDir = await filesFolder(context, effect.launch)
  const plan = launchPlan(adapter, {
    ...(path === null ? {} : { executable: realpathSync(path), program: path }),
    prompt,
    model,
    sessionId: effect.session.mode === 'resume' ? effect.session.id : null,
    cwd,
    limits: limitsOf(effect),
    scratchDir: filesDir,
    sandbox: context.sandboxLevel,
    env: context.ambient.env,
    isRoot: process.getuid?.() === 0,
    position: {
      ...effect.launch,
      step: effect.step.name,
      path: effect.path,
      task: effect.task?.slug ?? null,
      agent: effect.agent,
      type: effect.step.type,
    },
  })
  return {
    adapter,
    plan,
    cwd,
    container,
    filesDir,
    price: model === null ? null : context.settings.pricing(model),
    usualPrice: usualPrice(context, adapter),
    assumedPrice: context.settings.assumedPricing(adapter.name, model),
    sessionTotals: sessionTotals(context.journal.state, effect),
    event: {
      type: 'agent_launching',
      ...effect.launch,
      agent: effect.agent,
      model,
      container,
      argv: argvOf(plan, prompt, stored.sha256).map((word) => context.masker.mask(word)),
      prompt: stored,
      session_mode: effect.session.mode,
      ...(effect.session.mode === 'resume' ? { session_id: effect.session.id } : {}),
    },
  }
}

/** Of the model that the program uses when nobody names one. */
function usualPrice({ settings }: RunContext, { models }: AgentAdapter): ModelPrice | null {
  return models.usual === undefined ? null : settings.pricing(models.usual)
}

/** The prompt is an artifact; the command line shows which. */
function argvOf(plan: LaunchPlan, prompt: string, sha256: string): readonly string[] {
  if (plan.kind === 'embedded') return []
  return [plan.file, ...plan.args].map((word) => (word === prompt ? `<prompt sha256:${sha256}>` : word))
}

/** Limits that a CLI may enforce itself as well; the guards do in any case. */
function limitsOf(effect: LaunchEffect): { maxTurns?: number; maxBudgetUsd?: number; maxTimeMs?: number } {
  const value = (name: string): number | undefined => {
    const found = effect.step.guards.find((guard) => guard.guard === name)?.value
    return typeof found === 'number' ? found : undefined
  }
  const maxTurns = value('max_turns')
  const maxBudgetUsd = value('max_budget')
  const maxTimeMs = value('max_time')
  return {
    // One more than the guard allows: Gump counts, the CLI is the second line.
    ...(maxTurns === undefined ? {} : { maxTurns: maxTurns + 1 }),
    ...(maxBudgetUsd === undefined ? {} : { maxBudgetUsd }),
    ...(maxTimeMs === undefined ? {} : { maxTimeMs }),
  }
}
