import { spellDuration } from '@gump/errors'
import type { CommandResolver } from '@gump/gates'
import { type ContextSource, type GateSpec, type GuardSpec, type Step, type WorkflowCall } from '@gump/schema'
import type { PlannedCall, PlannedGate, PlannedStep, PlannedValues } from '../run-plan.js'
import { innerSteps, repeats } from '@gump/core'
import { defaultPrompt } from '../prompt/default-prompt.js'
import { createAgentTable } from '../shell/agent-table.js'
import type { CheckedTemplates } from '../plan/check-templates.js'
import { conditions, ladder } from './plan-ladder.js'
import type { Preflight } from './preflight.js'
import type { Setup } from './setup.js'

interface Planning {
  readonly setup: Setup
  readonly found: Preflight
  readonly commands: CommandResolver
  readonly checked: CheckedTemplates | undefined
}

/** The steps of the workflow as a dry run shows them, and those of the workflows it calls. */
export async function planSteps(
  setup: Setup,
  found: Preflight,
): Promise<{ readonly steps: readonly PlannedStep[]; readonly calls: readonly PlannedCall[] }> {
  const { plan, checked, sources } = found.resolved
  if (plan === null) return { steps: [], calls: [] }
  const { resolver: commands } = await found.commands()
  const planned = await Promise.all(
    Object.entries(plan.workflows).map(async ([workflow, { steps }]) => {
      const planning = { setup, found, commands, checked: checked[workflow] }
      return {
        workflow,
        file: sources[workflow]?.file ?? workflow,
        steps: await planAll(planning, steps, [], false),
      }
    }),
  )
  return {
    steps: planned.find(({ workflow }) => workflow === plan.root)?.steps ?? [],
    calls: planned.filter(({ workflow }) => workflow !== plan.root),
  }
}

async function planAll(
  planning: Planning,
  steps: readonly Step[],
  path: readonly string[],
  inTask: boolean,
): Promise<readonly PlannedStep[]> {
  const planned: PlannedStep[] = []
  for (const step of steps) planned.push(await planStep(planning, step, [...path, step.name], inTask))
  return planned
}

async function planStep(
  planning: Planning,
  step: Step,
  at: readonly string[],
  inTask: boolean,
): Promise<PlannedStep> {
  const path = at.join('/')
  const perTask = repeats(step)
  const own = step.kind === 'agent' ? step : null
  const agent = own === null ? null : agentName(planning, own.agent?.text)
  const session = own === null ? null : sessionText(own.session)
  const start = {
    agent,
    session: own?.session.mode === 'own-retries' ? 'new' : (session ?? 'new'),
    agentName: (text: string) => agentName(planning, text),
    resumes: (name: string) => planning.found.agents[name]?.resume !== false,
  }
  const call = step.kind === 'workflow' ? step.call : own?.getWorkflow
  const branches = step.kind === 'gate' ? undefined : step.parallel
  return {
    path,
    kind: step.kind,
    type: own?.type ?? null,
    agent,
    model: agent === null ? null : modelOf(planning, agent),
    worktree: own?.worktree ?? null,
    session,
    prompt: own === null || agent === 'pass' ? null : promptText(own, inTask),
    defaultPrompt: own !== null && own.prompt === undefined,
    context: (own?.context ?? []).map(contextText),
    call: call === undefined ? null : valuesOf(call),
    gates: await Promise.all(step.gates.map((gate) => planGate(planning, gate))),
    guards: (own?.guards ?? []).map((guard) => ({ name: guard.guard, value: guardText(planning, guard) })),
    hitl: step.kind === 'agent' || step.kind === 'gate' ? (step.hitl ?? null) : null,
    attempts: step.retry === undefined ? [] : ladder(step.retry, start),
    conditions: step.retry === undefined ? [] : conditions(step.retry),
    variables: variablesOf(planning, path),
    parallel: branches !== undefined,
    parallelLimit: branches?.limit ?? null,
    each: perTask ? `task${step.kind === 'agent' ? '' : ` of ${foreachOf(step)}`}` : null,
    steps: await planAll(planning, innerSteps(step), perTask ? [...at, '*'] : at, inTask || perTask),
  }
}

function foreachOf(step: Step): string {
  return step.kind === 'group' || step.kind === 'workflow' ? (step.foreach ?? '') : ''
}

function agentName(planning: Planning, text: string | undefined): string {
  const { agent_override, agent_aliases, default_agent } = planning.found.options
  const named = text === 'pass' ? text : (agent_override ?? text ?? default_agent)
  return Object.hasOwn(agent_aliases, named) ? (agent_aliases[named] ?? named) : named
}

function modelOf(planning: Planning, agent: string): string | null {
  if (agent === 'pass' || agent.includes('{')) return null
  try {
    return createAgentTable(planning.setup.adapters, planning.setup.settings).get(agent).model
  } catch {
    // An unknown agent is among the diagnostics.
    return null
  }
}

function sessionText(session: Extract<Step, { kind: 'agent' }>['session']): string {
  if (session.mode === 'from') return `from ${session.step}`
  if (session.mode === 'previous') return 'from the step before with the same agent'
  return session.mode === 'own-retries' ? 'new, kept by its retries' : session.mode
}

function promptText(step: Extract<Step, { kind: 'agent' }>, inTask: boolean): string {
  if (step.prompt === undefined) return defaultPrompt(step, inTask)
  return step.prompt.kind === 'file' ? `file ${step.prompt.path}` : step.prompt.template.text
}

function contextText(source: ContextSource): string {
  return source.kind === 'file' ? `file: ${source.path.text}` : `bash: ${source.command.text}`
}

function valuesOf({ workflow, with: given }: WorkflowCall): PlannedValues {
  return { workflow, with: Object.fromEntries(Object.entries(given).map(([name, { text }]) => [name, text])) }
}

function guardText({ setup }: Planning, { guard, value }: GuardSpec): string {
  const kind = setup.guards.get(guard)?.value
  if (kind === 'duration' && typeof value === 'number') return spellDuration(value)
  if (kind === 'usd' && typeof value === 'number') return `$${value.toFixed(2)}`
  return Array.isArray(value) ? value.join(', ') : String(value)
}

async function planGate(planning: Planning, gate: GateSpec): Promise<PlannedGate> {
  const { name, call } = gate
  if (call !== undefined) {
    const values = valuesOf(call)
    return { name, resolvesTo: `workflow ${values.workflow}`, because: null, with: values.with }
  }
  const alias = planning.setup.gates.get(gate.gate)?.commandAlias
  if (alias === undefined) return { name, resolvesTo: argumentText(gate), because: null, with: {} }
  const found = await planning.commands.resolve(alias)
  if (found.status === 'unresolved')
    return { name, resolvesTo: 'no command', because: `${found.because}; ${found.remedy}`, with: {} }
  // What a syntax check runs depends on the files that will have changed.
  const shown = found.ecosystem === 'syntax' ? (found.label ?? found.command) : found.command
  return { name, resolvesTo: shown, because: found.because, with: {} }
}

function argumentText({ gate, argument }: GateSpec): string {
  if (argument === undefined) return `built-in check ${gate}`
  if (typeof argument === 'number') return String(argument)
  return 'text' in argument ? argument.text : argument.map((item) => item.text).join(', ')
}

function variablesOf(planning: Planning, path: string): PlannedStep['variables'] {
  const found = (planning.checked?.variables ?? []).filter((variable) => variable.step === path)
  const unique = new Map(found.map((variable) => [variable.name, variable.resolution]))
  return [...unique].map(([name, resolution]) => {
    if (resolution.status === 'input') return { name, resolvesTo: name, source: 'input' }
    if (resolution.status !== 'found') return { name, resolvesTo: resolution.status, source: null }
    return { name, resolvesTo: resolution.key, source: resolution.source }
  })
}
