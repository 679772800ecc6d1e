import type { PlannedAgent, PlannedStep, RunPlan } from '@gump/engine'
import { escapeControl } from '@gump/errors'

import { limitsText } from './playbook.js'

/** The plan of a dry run as text. */
export function renderPlan(plan: RunPlan): string {
  return [
    ...heading(plan),
    '',
    'Steps',
    ...plan.steps.flatMap((step) => renderStep(step, '  ')),
    '',
    'Agents',
    ...(plan.agents.length === 0 ? ['  none: no step needs one'] : plan.agents.map(renderAgent)),
    '',
  ].join('\n')
}

function heading({ workflow, limits, inputs }: RunPlan): readonly string[] {
  return [
    `Workflow  ${workflow.name}  (${workflow.origin}: ${escapeControl(workflow.file)})`,
    ...(workflow.description === null ? [] : [`          ${escapeControl(workflow.description)}`]),
    `Limits    ${limitsText(limits)}`,
    ...inputs.map(
      ({ name, value }) => `Input     ${name} = ${value === null ? 'missing: --set it' : shorten(value)}`,
    ),
  ]
}

function renderStep(step: PlannedStep, indent: string): readonly string[] {
  const inner = `${indent}    `
  const kind = step.type ?? step.kind
  const who = step.agent === null ? '' : `  ${step.agent}${step.model === null ? '' : ` (${step.model})`}`
  const traits = [
    ...(step.worktree === null ? [] : [`worktree ${step.worktree}`]),
    ...(step.session === null || step.session === 'new' ? [] : [`session ${step.session}`]),
    ...(step.parallel ? ['parallel'] : []),
    ...(step.hitl === null ? [] : [`pauses ${step.hitl.replace('_', ' ')}`]),
  ]
  return [
    `${indent}${escapeControl(step.path)}  ${kind}${who}${traits.length === 0 ? '' : `  ${traits.join(', ')}`}`,
    ...(step.prompt === null ? [] : [`${inner}prompt   ${shorten(step.prompt)}`]),
    ...step.variables
      .filter(({ name, resolvesTo }) => resolvesTo !== name)
      .map(({ name, resolvesTo }) => `${inner}{${name}}  ${shorten(resolvesTo)}`),
    ...step.guards.map(({ name, value }) => `${inner}guard    ${name} ${escapeControl(value)}`),
    ...step.gates.map(
      ({ name, resolvesTo, because }) =>
        `${inner}gate     ${name}: ${shorten(resolvesTo)}${because === null ? '' : `  (${escapeControl(because)})`}`,
    ),
    ...(step.attempts.length < 2 ? [] : step.attempts.map((attempt) => `${inner}${renderAttempt(attempt)}`)),
    ...(step.each === null ? [] : [`${indent}  for each ${escapeControl(step.each)}`]),
    ...step.steps.flatMap((child) => renderStep(child, `${indent}    `)),
  ]
}

function renderAttempt(attempt: PlannedStep['attempts'][number]): string {
  const { agent, session, worktree, note } = attempt
  const facts = [
    agent ?? 'same agent',
    `${session} session`,
    `worktree ${worktree === 'keep' ? 'kept' : worktree}`,
    ...(note === null ? [] : [note]),
  ]
  return `attempt  ${attempt.attempt}: ${facts.map((fact) => escapeControl(fact)).join(', ')}`
}

function renderAgent(agent: PlannedAgent): string {
  const facts = [
    agent.model === null ? 'its own default model' : `model ${agent.model}`,
    found(agent),
    { native: 'reports its cost', estimated: 'cost estimated from tokens', unpriced: 'no price known' }[
      agent.priced
    ],
  ]
  return `  ${escapeControl(agent.name)}  ${facts.map((fact) => escapeControl(fact)).join(', ')}`
}

function found({ cli, version, installed, verified }: PlannedAgent): string {
  if (cli === null) return 'embedded'
  if (!installed) return `${cli} is not installed`
  return `${cli} ${version ?? 'of unknown version'}${verified ? '' : ' (not a verified version)'}`
}

function shorten(text: string): string {
  const [first = '', ...rest] = escapeControl(text.trim(), { multiline: true }).split('\n')
  return rest.length > 0 || first.length > 100 ? `${first.slice(0, 100)}…` : first
}
