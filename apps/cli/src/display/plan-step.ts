import type { PlannedAttempt, PlannedGate, PlannedStep, PlannedVariable } from '@gump/engine'
import { escapeControl } from '@gump/errors'

import { type PlanOptions, shorten } from './shorten.js'

/** One step of a plan with all that is known about it, and the steps inside it. */
export function describeStep(step: PlannedStep, indent: string, options: PlanOptions): readonly string[] {
  const inner = `${indent}    `
  const facts: readonly (readonly [label: string, text: string])[] = [
    ...(step.call === null ? [] : calls('calls', step.call.workflow, step.call.with, options)),
    ...(step.prompt === null ? [] : [prompt(step, step.prompt, options)]),
    ...step.context.map((source) => ['context', shorten(source, options)] as const),
    ...step.variables.map((variable) => [`{${variable.name}}`, meaning(variable)] as const),
    ...step.guards.map(({ name, value }) => ['guard', `${name} ${escapeControl(value)}`] as const),
    ...step.gates.flatMap((gate) => describeGate(gate, options)),
    ...(step.attempts.length < 2 ? [] : step.attempts.map((attempt) => describeAttempt(attempt, step.kind))),
    ...step.conditions.map(({ when, changes }) => ['when', `${when}: ${changes}`] as const),
  ]
  return [
    `${indent}${escapeControl(step.path)}  ${[step.type ?? step.kind, ...who(step), ...traits(step)].join('  ')}`,
    ...facts.flatMap(([label, text]) => entry(inner, label, text)),
    ...(step.each === null ? [] : [`${indent}  for each ${escapeControl(step.each)}`]),
    ...step.steps.flatMap((child) => describeStep(child, inner, options)),
  ]
}

/** A label and its text; further lines of the text stand below its first. */
function entry(indent: string, label: string, text: string): readonly string[] {
  const [first = '', ...rest] = text.split('\n')
  const below = `${indent}         `
  return [`${indent}${label.padEnd(7)}  ${first}`, ...rest.map((line) => `${below}${line}`.trimEnd())]
}

function who({ agent, model }: PlannedStep): readonly string[] {
  if (agent === null) return []
  return [`${escapeControl(agent)}${model === null ? '' : ` (${escapeControl(model)})`}`]
}

function traits(step: PlannedStep): readonly string[] {
  const limit = step.parallelLimit === null ? '' : `, at most ${step.parallelLimit}`
  const found = [
    ...(step.worktree === null ? [] : [`worktree ${step.worktree}`]),
    ...(step.session === null || step.session === 'new' ? [] : [`session ${step.session}`]),
    ...(step.parallel ? [`parallel${limit}`] : []),
    ...(step.hitl === null ? [] : [`pauses ${step.hitl.replace('_', ' ')}`]),
  ]
  return found.length === 0 ? [] : [found.join(', ')]
}

/** A default prompt is in no file, so all of it is shown. */
function prompt(step: PlannedStep, text: string, options: PlanOptions): readonly [string, string] {
  return step.defaultPrompt
    ? ['prompt', `(the default)\n${shorten(text, { ...options, verbose: true })}`]
    : ['prompt', shorten(text, options)]
}

function meaning({ name, resolvesTo, source }: PlannedVariable): string {
  const known: Readonly<Record<string, string>> = {
    spec: 'the spec of the run',
    error: 'why the attempt before failed; empty on the first',
    diff: 'in a gate and in a validate step what is judged, elsewhere what the failed attempt changed',
    attempt: 'the number of the attempt',
    'run.id': 'the id of the run',
    'run.cost': 'what the run has cost so far, in USD',
  }
  if (source === 'input') return `input ${escapeControl(name)}`
  if (source === 'task') return `${escapeControl(resolvesTo.slice('task.'.length))} of the task`
  return (source === 'builtin' ? known[resolvesTo] : undefined) ?? escapeControl(resolvesTo)
}

function describeGate(
  { name, resolvesTo, because, with: given }: PlannedGate,
  options: PlanOptions,
): readonly (readonly [string, string])[] {
  const reason = because === null ? '' : `  (${escapeControl(because)})`
  return [
    ['gate', `${name}: ${shorten(resolvesTo, options)}${reason}`],
    ...Object.entries(given).map(([key, value]) => ['', `  ${key} = ${shorten(value, options)}`] as const),
  ]
}

function calls(
  label: string,
  workflow: string,
  given: Readonly<Record<string, string>>,
  options: PlanOptions,
): readonly (readonly [string, string])[] {
  return [
    [label, escapeControl(workflow)],
    ...Object.entries(given).map(([key, value]) => ['', `  ${key} = ${shorten(value, options)}`] as const),
  ]
}

const causes = {
  gate: 'after a failed gate',
  guard: 'after a tripped guard',
  review: 'after a review that said no',
} as const

function sessionText(session: string): string {
  return session === 'new' || session === 'same' ? `${session} session` : `session ${session}`
}

function describeAttempt(attempt: PlannedAttempt, kind: PlannedStep['kind']): readonly [string, string] {
  const { agent, session, worktree, note, cause } = attempt
  const facts = [
    ...(kind === 'agent' ? [agent ?? 'same agent', sessionText(session)] : []),
    `worktree ${worktree === 'keep' ? 'kept' : worktree}`,
    ...(note === null ? [] : [note]),
  ]
  const after = cause === null ? '' : `, ${causes[cause]}`
  return ['attempt', `${attempt.attempt}${after}: ${facts.map((fact) => escapeControl(fact)).join(', ')}`]
}
