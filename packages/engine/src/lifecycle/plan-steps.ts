import type { CommandResolver } from '@gump/gates'
import type { GateSpec, RetryPolicy, Step } from '@gump/schema'
import type { PlannedStep } from '../contract.js'
import { innerSteps } from '../core/plan.js'
import { planRetry } from '../core/retry-plan.js'
import { defaultPrompt } from '../prompt/default-prompt.js'
import { gateCommands } from '../shell/gate-commands.js'
import { createAgentTable } from '../shell/agent-table.js'
import type { CheckedTemplates } from '../plan/check-templates.js'
import type { Preflight } from './preflight.js'
import type { Setup } from './setup.js'

interface Planning {
  readonly setup: Setup
  readonly found: Preflight
  readonly commands: CommandResolver
  readonly checked: CheckedTemplates | undefined
}

/** The steps of the workflow as a dry run shows them. */
export async function planSteps(setup: Setup, found: Preflight): Promise<readonly PlannedStep[]> {
  const { plan, checked } = found.resolved
  const workflow = plan?.workflows[plan.root]
  if (plan === null || workflow === undefined) return []
  const { resolver: commands } = await gateCommands({
    ...setup,
    baseCommit: setup.facts.head,
    dir: setup.facts.root,
    changedFiles: [],
  })
  const planning = { setup, found, commands, checked: checked[plan.root] }
  return planAll(planning, workflow.steps, [], false)
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
  const perTask =
    step.kind === 'agent' ? step.each !== undefined : step.kind === 'group' && step.foreach !== undefined
  const agent = step.kind === 'agent' ? agentName(planning, step.agent?.text) : null
  return {
    path,
    kind: step.kind,
    type: step.kind === 'agent' ? step.type : null,
    agent,
    model: agent === null ? null : modelOf(planning, agent),
    worktree: step.kind === 'agent' ? step.worktree : null,
    session: step.kind === 'agent' ? sessionText(step.session) : null,
    prompt: step.kind === 'agent' && agent !== 'pass' ? promptText(step, inTask) : null,
    gates: await Promise.all(step.gates.map((gate) => planGate(planning, gate))),
    guards: step.kind === 'agent' ? step.guards.map((g) => ({ name: g.guard, value: String(g.value) })) : [],
    hitl: step.kind === 'agent' || step.kind === 'gate' ? (step.hitl ?? null) : null,
    attempts: step.retry === undefined ? [] : ladder(planning, step.retry, agent),
    variables: variablesOf(planning, path),
    parallel: step.kind !== 'gate' && step.parallel !== undefined,
    each: perTask ? 'task' : null,
    steps: await planAll(planning, innerSteps(step), perTask ? [...at, '*'] : at, inTask || perTask),
  }
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
  return session.mode === 'from' ? `from ${session.step}` : session.mode
}

function promptText(step: Extract<Step, { kind: 'agent' }>, inTask: boolean): string {
  if (step.prompt === undefined) return defaultPrompt(step, inTask)
  return step.prompt.kind === 'file' ? `file ${step.prompt.path}` : step.prompt.template.text
}

async function planGate(planning: Planning, gate: GateSpec): Promise<PlannedStep['gates'][number]> {
  if (gate.call !== undefined)
    return { name: gate.name, resolvesTo: `workflow ${gate.call.workflow}`, because: null }
  const alias = planning.setup.gates.get(gate.gate)?.commandAlias
  if (alias === undefined) return { name: gate.name, resolvesTo: argumentText(gate), because: null }
  const found = await planning.commands.resolve(alias)
  return found.status === 'resolved'
    ? { name: gate.name, resolvesTo: found.command, because: found.because }
    : { name: gate.name, resolvesTo: 'no command', because: `${found.because}; ${found.remedy}` }
}

function argumentText({ gate, argument }: GateSpec): string {
  if (argument === undefined) return `built-in check ${gate}`
  if (typeof argument === 'number') return String(argument)
  return 'text' in argument ? argument.text : argument.map((item) => item.text).join(', ')
}

/** Every attempt as the policy would make it, when each time a gate fails. */
function ladder(planning: Planning, policy: RetryPolicy, first: string | null): PlannedStep['attempts'] {
  const attempts: PlannedStep['attempts'][number][] = [
    { attempt: 1, agent: first, session: 'new', worktree: 'as it is', note: null },
  ]
  for (let attempt = 2; attempt <= policy.exit; attempt++) {
    const plan = planRetry(policy, { nextAttempt: attempt, cause: 'gate', failedGates: [], answers: {} })
    const override = (index: number | null): RetryPolicy['entries'][number]['override'] | undefined =>
      index === null ? undefined : policy.entries[index]?.override
    const named = override(plan.agent)?.agent?.text
    const agent = named === undefined ? first : agentName(planning, named)
    const changed = agent !== attempts.at(-1)?.agent
    const restart = override(plan.restartFrom)?.restartFrom
    const resumes = agent === null || planning.found.agents[agent]?.resume !== false
    const fresh = plan.session !== null || changed || !resumes || policy.defaults.session === 'new'
    attempts.push({
      attempt,
      agent,
      session: fresh ? 'new' : 'same',
      worktree: override(plan.worktree)?.worktree ?? policy.defaults.worktree,
      note: restart === undefined ? (plan.prompt === null ? null : 'own prompt') : `restarts from ${restart}`,
    })
  }
  return attempts
}

function variablesOf(planning: Planning, path: string): PlannedStep['variables'] {
  const found = (planning.checked?.variables ?? []).filter((variable) => variable.step === path)
  const unique = new Map(found.map((variable) => [variable.name, variable.resolution]))
  return [...unique].map(([name, resolution]) => {
    if (resolution.status === 'input') return { name, resolvesTo: `input ${name}` }
    return { name, resolvesTo: resolution.status === 'found' ? resolution.key : resolution.status }
  })
}
