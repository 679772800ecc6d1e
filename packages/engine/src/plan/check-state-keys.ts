import type { Diagnostic } from '@gump/errors'
import type { LoadedWorkflow, Step, Workflow, WorkflowCall } from '@gump/schema'
import { createScope, resolutionProblem, resolveName } from '@gump/state'
import { innerSteps, repeats, scopeSteps } from '@gump/core'
import type { CheckedTemplates, CheckedVariable } from './check-templates.js'
import { variableLocator } from './locate-variable.js'

/** `{STEP.state.KEY}` names a step of the workflow that the step calls: every key that no such step has. */
export function unknownStateKeys(
  workflows: Readonly<Record<string, LoadedWorkflow>>,
  checked: Readonly<Record<string, CheckedTemplates>>,
): readonly Diagnostic[] {
  return Object.entries(workflows).flatMap(([ref, loaded]) =>
    (checked[ref]?.variables ?? []).flatMap((variable) => check(loaded, workflows, variable)),
  )
}

function check(
  { workflow, source }: LoadedWorkflow,
  workflows: Readonly<Record<string, LoadedWorkflow>>,
  { name, resolution, template }: CheckedVariable,
): readonly Diagnostic[] {
  if (resolution.status !== 'found' || !('step' in resolution)) return []
  const key = /^(?:prev\.)*state\.(.+)$/s.exec(resolution.field)?.[1]
  const step = key === undefined ? undefined : stepAt(workflow.steps, resolution.step.split('/'))
  // What is called for each task is kept by the number of the task.
  if (key === undefined || step === undefined || (step.kind === 'workflow' && repeats(step))) return []
  const call = callOf(step)
  const called = call === undefined ? undefined : workflows[call.workflow]?.workflow
  if (call !== undefined && called === undefined) return []
  const problem = called === undefined ? noCall(step.name) : problemOf(key, called)
  if (problem === null) return []
  const { file, range } = variableLocator(source, workflow.dialect, template)(name)
  return [{ code: 'GUMP-T001', severity: 'error', ...problem, file, range }]
}

type Problem = Pick<Diagnostic, 'message'> & Partial<Pick<Diagnostic, 'expected' | 'suggestion'>>

function noCall(step: string): Problem {
  return { message: `"${step}" calls no workflow, so it has no state`, expected: `{${step}.output}` }
}

function problemOf(key: string, called: Workflow): Problem | null {
  const scope = createScope({ steps: scopeSteps(called), at: '' })
  const resolution = resolveName(key, scope)
  if (resolution.status === 'found' && 'step' in resolution) return null
  const found = resolutionProblem(key, resolution, scope)
  const steps = called.steps.map(({ name }) => `state.${name}`).join(', ')
  const suggestion = found?.suggestion?.replace('{', '{state.')
  return {
    message: `the workflow ${called.name} leaves no ${key}`,
    expected: steps,
    ...(suggestion === undefined ? {} : { suggestion }),
  }
}

function callOf(step: Step): WorkflowCall | undefined {
  if (step.kind === 'workflow') return step.call
  return step.kind === 'agent' ? step.getWorkflow : undefined
}

/** The step at a path of names, in which `*` or the name of a task may stand for a task. */
function stepAt(steps: readonly Step[], [name, ...rest]: readonly string[]): Step | undefined {
  const step = steps.find((candidate) => candidate.name === name)
  if (step === undefined || rest.length === 0) return step
  return stepAt(innerSteps(step), repeats(step) ? rest.slice(1) : rest)
}
