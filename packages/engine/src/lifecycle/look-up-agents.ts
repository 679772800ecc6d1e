import type { AgentAdapter } from '@gump/agents'
import { type Diagnostic, GumpError } from '@gump/errors'
import type { EventBodies, RunOptions } from '@gump/ledger'
import type { DetectedAgent } from '../detect/agent-detector.js'
import { type PossibleAgent, possibleAgents } from '../plan/possible-agents.js'
import type { ResolvedPlan } from '../plan/resolve-plan.js'
import { unknownAgent, whereNamed } from '../plan/unknown-agent.js'
import { createAgentTable } from '../shell/agent-table.js'
import type { Setup } from './setup.js'

/** What this machine has of the agents that a run may use. */
export interface FoundAgents {
  readonly agents: EventBodies['run_started']['agents']
  readonly detected: Readonly<Record<string, DetectedAgent>>
  /** One for each program that is missing and each name that means no agent. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Looks up every agent that any attempt of any step may use. */
export async function lookUpAgents(
  setup: Setup,
  resolved: ResolvedPlan,
  options: RunOptions,
  inputs: Readonly<Record<string, string>>,
): Promise<FoundAgents> {
  const table = createAgentTable(setup.adapters, setup.settings)
  const agents: Record<string, EventBodies['run_started']['agents'][string]> = {}
  const detected: Record<string, DetectedAgent> = {}
  const missing = new Map<AgentAdapter, PossibleAgent[]>()
  const refused = new Map<string, Diagnostic>()
  for (const place of possibleAgents(resolved.readable, options, {
    root: resolved.root?.source.ref ?? '',
    inputs,
  })) {
    const { name } = place
    if (name === 'pass' || refused.has(name)) continue
    try {
      const { adapter, model } = table.get(name)
      const found = (detected[adapter.name] ??= await setup.detect(adapter))
      agents[name] ??= {
        adapter: adapter.name,
        cli: adapter.detection?.command ?? null,
        version: found.version,
        model,
        resume: adapter.capabilities.resume,
      }
      if (adapter.detection === null || found.path !== null) continue
      missing.set(adapter, [...(missing.get(adapter) ?? []), place])
    } catch (error) {
      if (!(error instanceof GumpError)) throw error
      refused.set(name, unknownAgent(error, place, setup.vocabulary.unloaded))
    }
  }
  const absent = await Promise.all(
    [...missing].map(async ([adapter, places]) =>
      notInstalled(adapter, places, await howToGet(setup, adapter)),
    ),
  )
  return { agents, detected, diagnostics: [...absent, ...refused.values()] }
}

/** How to install a program that is missing, and which agents could be chosen in its place. */
export async function howToGet(setup: Setup, { detection }: AgentAdapter): Promise<string> {
  const instead = (await installed(setup)).map((name) => `--agent ${name}`)
  return [detection?.install ?? '', ...instead].join(', or ')
}

async function installed(setup: Setup): Promise<readonly string[]> {
  const found = await Promise.all(
    setup.adapters.map(async (adapter) => {
      if (adapter.detection === null) return []
      const { path } = await setup.detect(adapter)
      return path === null ? [] : [adapter.name]
    }),
  )
  return found.flat()
}

const shownSteps = 3

function notInstalled(
  { detection, displayName }: AgentAdapter,
  places: readonly PossibleAgent[],
  expected: string,
): Diagnostic {
  const steps = [...new Set(places.map(({ step }) => step))]
  const more = steps.length > shownSteps ? ` and ${steps.length - shownSteps} more` : ''
  const [first] = places
  return {
    code: 'GUMP-P006',
    severity: 'error',
    message:
      `${displayName} is not installed: there is no "${detection?.command}" on PATH. ` +
      `Needed by ${steps.slice(0, shownSteps).join(', ')}${more}`,
    expected,
    ...(first === undefined ? {} : whereNamed(first)),
  }
}
