import { type Diagnostic, GumpError } from '@gump/errors'
import type { EventBodies, RunLimits, RunOptions } from '@gump/ledger'
import type { StartRequest } from '../requests.js'
import { defaultJobs } from '../ambient/default-settings.js'
import { type GateCommands, gateCommands } from '../shell/gate-commands.js'
import type { RunInputs } from '../shell/run-inputs.js'
import { widestParallel } from '../plan/widest-parallel.js'
import { unknownPauses } from '../plan/unknown-pauses.js'
import { type ResolvedPlan, resolvePlan } from '../plan/resolve-plan.js'
import type { DetectedAgent } from '../detect/agent-detector.js'
import { budgetNotes } from './budget-notes.js'
import { examineGates } from './examine-gates.js'
import { lookUpAgents } from './look-up-agents.js'
import { readSpec } from './read-spec.js'
import { requestedLimits } from '../requested-limits.js'
import { once } from '../once.js'
import type { Setup } from './setup.js'

/** Everything that is known before a run; nothing has been created. */
export interface Preflight {
  /** As the request names it. */
  readonly workflow: string
  readonly resolved: ResolvedPlan
  readonly spec: RunInputs['spec']
  readonly inputs: Readonly<Record<string, string>>
  readonly limits: RunLimits
  readonly options: RunOptions
  /** The commands of the gates; reading what they come from takes a while, and happens when first asked for. */
  readonly commands: () => Promise<GateCommands>
  readonly agents: EventBodies['run_started']['agents']
  readonly detected: Readonly<Record<string, DetectedAgent>>
  readonly diagnostics: readonly Diagnostic[]
}

/** Resolves and checks what a request asks for. Problems are diagnostics; only a missing workflow or spec throws. */
export async function preflight(setup: Setup, request: StartRequest, cwd: string): Promise<Preflight> {
  const inputs = request.inputs ?? {}
  const resolved = await resolvePlan(setup.playbook, request.workflow, inputs, setup.vocabulary)
  const spec = readSpec(setup.facts.root, cwd, request.spec)
  const options = optionsOf(setup, resolved, request)
  const limits = limitsOf(setup, resolved, request)
  const commands = once(() => gateCommands({ ...setup, baseCommit: setup.facts.head, dir: setup.facts.root }))
  const found = await lookUpAgents(setup, resolved, options, inputs)
  return {
    workflow: request.workflow,
    resolved,
    spec,
    inputs,
    limits,
    options,
    commands,
    agents: found.agents,
    detected: found.detected,
    diagnostics: [
      ...resolved.diagnostics,
      ...missingSpec(resolved, spec, inputs),
      ...found.diagnostics,
      ...unknownPauses(resolved.plan, options.pause_after),
      ...(await examineGates(setup, resolved.plan, commands)),
      ...budgetNotes(setup, found.agents, limits),
    ],
  }
}

/** A prompt that asks for the spec cannot do without; a default prompt without one says little, which is a warning. */
function missingSpec(
  resolved: ResolvedPlan,
  spec: Preflight['spec'],
  inputs: Readonly<Record<string, string>>,
): readonly Diagnostic[] {
  const { root } = resolved
  if (spec !== null || root === null || Object.hasOwn(inputs, 'spec')) return []
  const uses = (resolved.checked[root.source.ref]?.variables ?? []).filter(
    ({ resolution }) =>
      resolution.status === 'found' && resolution.source === 'builtin' && resolution.key === 'spec',
  )
  const explicit = uses.find(({ template }) => template.what !== 'default prompt')
  const use = explicit ?? uses[0]
  if (use === undefined) return []
  return [
    {
      code: 'GUMP-T003',
      severity: explicit === undefined ? 'warning' : 'error',
      message: `${use.step} works on a spec, and none is given`,
      expected: '--spec FILE',
      file: root.source.file,
      range: use.template.range,
    },
  ]
}

/** Throws all errors together, if there are any. */
export function refuseErrors(
  diagnostics: readonly Diagnostic[],
  texts: Readonly<Record<string, string>>,
): void {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error')
  const [first] = errors
  if (first === undefined) return
  const data = { sources: texts }
  if (errors.length === 1) throw new GumpError(first.code, first.message, { diagnostics, data })
  throw new GumpError(first.code, `${errors.length} mistakes; nothing was started`, {
    diagnostics,
    data,
    remedy: 'repair what is marked above; gump run --dry-run looks at it again and creates nothing',
  })
}

/** Only a built-in workflow sets the budget, and not the user: it holds where prices are known, and refuses no run elsewhere. */
function isNobodysBudget({ settings }: Setup, { root }: ResolvedPlan, request: StartRequest): boolean {
  const chosen = request.maxBudget ?? settings.limits.maxBudget
  return root?.source.origin === 'builtin' && chosen === undefined
}

function optionsOf(setup: Setup, resolved: ResolvedPlan, request: StartRequest): RunOptions {
  const { settings, ambient } = setup
  const { plan } = resolved
  return {
    jobs: request.jobs ?? settings.jobs ?? Math.max(defaultJobs(), widestParallel(plan)),
    pause_after: request.pauseAfter ?? [],
    park: request.park ?? true,
    agent_override: request.agent ?? null,
    agent_aliases: settings.agentAliases,
    default_agent: settings.defaultAgent,
    allow_unpriced: request.allowUnpriced === true || isNobodysBudget(setup, resolved, request),
    interactive: ambient.human !== null,
  }
}

/** The nearer to the person who pays, the stronger: request, workflow of one's own, settings, built-in workflow. */
function limitsOf({ settings }: Setup, { root }: ResolvedPlan, request: StartRequest): RunLimits {
  const { maxBudgetUsd, ...rest } = root?.workflow.limits ?? {}
  const budget = requestedLimits(maxBudgetUsd === undefined ? {} : { maxBudget: maxBudgetUsd })
  const isBuiltin = root?.source.origin === 'builtin'
  return {
    ...(isBuiltin ? budget : {}),
    ...requestedLimits(settings.limits),
    ...(isBuiltin ? {} : budget),
    ...requestedLimits(rest),
    ...requestedLimits(request),
  }
}
