import type { AgentAdapter } from '@gump/agents'
import type { StartRequest } from '../requests.js'
import type { PlannedAgent, RunPlan } from '../run-plan.js'
import { createAgentTable } from '../shell/agent-table.js'
import { checkWorkingTree } from './preconditions.js'
import { filterWarnings, readFilters } from './read-filters.js'
import { type Preflight, preflight } from './preflight.js'
import { planSteps } from './plan-steps.js'
import { createMasker } from '../shell/masker.js'
import type { Setup } from './setup.js'
import { GumpError, isGumpError, type Diagnostic } from '@gump/errors'

/** Everything a run would do, as far as it can be known; nothing is created. */
export async function planRun(setup: Setup, request: StartRequest, cwd: string): Promise<RunPlan> {
  const found = await preflight(setup, request, cwd)
  const tree = await checkWorkingTree(setup, {
    allowDirty: request.allowDirty ?? false,
    specPath: found.spec?.path ?? null,
    runFilters: false,
  }).catch(asDiagnostic)
  const filters = await readFilters(setup, setup.facts.head).then(filterWarnings, asDiagnostic)
  return describePlan(setup, found, [...tree, ...filters])
}

/** The plan of a run that preflight has looked at. @param others - what was found besides */
export async function describePlan(
  setup: Setup,
  found: Preflight,
  others: readonly Diagnostic[],
): Promise<RunPlan> {
  const { root } = found.resolved
  // A plan is for people: what `--set` gives, or a workflow says, may be secret.
  return createMasker(setup.ambient.env, setup.settings.secretEnv).maskAll({
    workflow: {
      name: root?.workflow.name ?? found.workflow,
      description: root?.workflow.description ?? null,
      file: root?.source.file ?? found.workflow,
      origin: root?.source.origin ?? 'path',
    },
    limits: limitsOf(found),
    inputs: found.resolved.inputs.map((name) => ({ name, value: found.inputs[name] ?? null })),
    ...(await planSteps(setup, found)),
    agents: plannedAgents(setup, found),
    diagnostics: [...found.diagnostics, ...others],
    texts: found.resolved.texts,
  })
}

function asDiagnostic(error: unknown): readonly Diagnostic[] {
  if (!isGumpError(error)) throw error
  const { code, message, remedy } = error as GumpError
  return [{ code, severity: 'error', message, ...(remedy === undefined ? {} : { expected: remedy }) }]
}

function limitsOf({ limits }: Preflight): RunPlan['limits'] {
  const { max_budget_usd, max_tokens, max_timeout_ms } = limits
  return {
    ...(max_budget_usd === undefined ? {} : { maxBudgetUsd: max_budget_usd }),
    ...(max_tokens === undefined ? {} : { maxTokens: max_tokens }),
    ...(max_timeout_ms === undefined ? {} : { maxTimeoutMs: max_timeout_ms }),
  }
}

function plannedAgents(setup: Setup, { agents, detected }: Preflight): RunPlan['agents'] {
  const table = createAgentTable(setup.adapters, setup.settings)
  return Object.entries(agents).map(([name, { adapter, cli, version, model }]) => {
    const found = detected[adapter]
    return {
      name,
      adapter,
      model,
      cli,
      version,
      installed: cli === null || (found?.path ?? null) !== null,
      verified: found?.verified ?? false,
      remarks: found?.remarks ?? [],
      priced: pricedOf(setup, table.get(name).adapter, model),
    }
  })
}

function pricedOf(
  { settings }: Setup,
  { capabilities, models }: AgentAdapter,
  model: string | null,
): PlannedAgent['priced'] {
  if (capabilities.nativeCost) return 'native'
  const pricedAs = model ?? models.usual ?? null
  if (capabilities.usage === 'none' || pricedAs === null) return 'unpriced'
  return settings.pricing(pricedAs) === null ? 'unpriced' : 'estimated'
}
