import type { PlannedAgent, RunPlan } from '@gump/engine'
import { escapeControl } from '@gump/errors'

import { describeStep } from './plan-step.js'
import { limitsText } from './playbook.js'
import { type PlanOptions, shorten } from './shorten.js'

/** The plan of a dry run as text. */
export function renderPlan(plan: RunPlan, options: PlanOptions): string {
  const head = heading(plan, options)
  if (plan.steps.length === 0) return [...head, '', 'No plan: the workflow has mistakes.', ''].join('\n')
  return [
    ...head,
    '',
    'Steps',
    ...plan.steps.flatMap((step) => describeStep(step, '  ', options)),
    ...plan.calls.flatMap(({ workflow, file, steps }) => [
      '',
      `Called: ${workflow}  (${escapeControl(file)})`,
      ...steps.flatMap((step) => describeStep(step, '  ', options)),
    ]),
    '',
    'Agents',
    ...(plan.agents.length === 0 ? ['  none: no step needs one'] : plan.agents.map(describeAgent)),
    '',
  ].join('\n')
}

function heading({ workflow, limits, inputs }: RunPlan, options: PlanOptions): readonly string[] {
  // Only a file tells more than where the workflow comes from.
  const source = workflow.file.startsWith(`${workflow.origin}:`)
    ? workflow.origin
    : `${workflow.origin}: ${escapeControl(workflow.file)}`
  return [
    `Workflow  ${escapeControl(workflow.name)}  (${source})`,
    ...(workflow.description === null ? [] : [`          ${escapeControl(workflow.description)}`]),
    `Limits    ${limitsText(limits)}`,
    ...inputs.map(({ name, value }) => {
      if (value === null) return `Input     ${name} is missing: --set ${name}=VALUE`
      return `Input     ${name} = ${shorten(value, options)}`
    }),
  ]
}

function describeAgent(agent: PlannedAgent): string {
  const facts = [
    agent.model === null ? 'its own default model' : `model ${agent.model}`,
    found(agent),
    { native: 'reports its cost', estimated: 'cost estimated from tokens', unpriced: 'cost not known' }[
      agent.priced
    ],
    ...agent.remarks,
  ]
  return `  ${escapeControl(agent.name)}  ${facts.map((fact) => escapeControl(fact)).join(', ')}`
}

function found({ cli, version, installed, verified }: PlannedAgent): string {
  if (cli === null) return 'embedded'
  if (!installed) return `${cli} is not installed`
  return `${cli} ${version ?? 'of unknown version'}${verified ? '' : ' (not a verified version)'}`
}
