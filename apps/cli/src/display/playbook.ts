import { escapeControl, plural, spellDuration, wrap } from '@gump/errors'
import { renderPlainTable } from '@gump/report'
import type { Limits } from '@gump/schema'

import type { ListedWorkflow } from '../playbook/list-workflows.js'

/** The playbook as text: one line of facts for each workflow, and what it is for below. */
export function renderPlaybook(
  entries: readonly ListedWorkflow[],
  { width, isTerminal }: { readonly width: number; readonly isTerminal: boolean },
): string {
  const facts = entries.map(({ name, origin, limits, agents }) => [
    name,
    origin,
    limitsText(limits),
    agents.length === 0 ? '-' : agents.join(', '),
  ])
  const [head = '', ...lines] = renderPlainTable([['WORKFLOW', 'FROM', 'LIMITS', 'AGENTS'], ...facts])
    .trimEnd()
    .split('\n')
  if (isTerminal && [head, ...lines].some((line) => line.length > width)) {
    return entries.map((entry, index) => narrow(entry, facts[index] ?? [], width)).join('')
  }
  const described = lines.flatMap((line, index) => {
    const entry = entries[index]
    return entry === undefined ? [line] : [line, ...wrap(escapeControl(about(entry)), width, '    ')]
  })
  return `${[head, ...described].join('\n')}\n`
}

/** Where the terminal would break the lines of a table. */
function narrow(
  entry: ListedWorkflow,
  [name, from, limits, agents]: readonly string[],
  width: number,
): string {
  const facts = `${from}, limits: ${limits}, agents: ${agents}`
  const lines = [
    name ?? '',
    ...wrap(escapeControl(facts), width, '  '),
    ...wrap(escapeControl(about(entry)), width, '    '),
  ]
  return `${lines.join('\n')}\n`
}

/** The limits of a workflow in a few words. */
export function limitsText({ maxBudgetUsd, maxTokens, maxTimeoutMs }: Limits): string {
  const caps = [
    ...(maxBudgetUsd === undefined ? [] : [`$${maxBudgetUsd.toFixed(2)}`]),
    ...(maxTokens === undefined ? [] : [`${maxTokens} tokens`]),
    ...(maxTimeoutMs === undefined ? [] : [spellDuration(maxTimeoutMs)]),
  ]
  return caps.length === 0 ? 'none' : caps.join(', ')
}

function sentence(text: string): string {
  return /[.!?:;…]$/u.test(text) ? text : `${text}.`
}

function about({ name, description, inputs, mistakes }: ListedWorkflow): string {
  if (description === null) return `${plural(mistakes, 'mistake')}: gump playbook validate ${name}`
  const text = description.trim().split('\n')[0] || 'No description.'
  return inputs.length === 0 ? text : `${sentence(text)} Inputs: ${inputs.join(', ')}.`
}
