import type { Diagnostic } from '@gump/errors'
import type { LoadedWorkflow, Step } from '@gump/schema'
import {
  createScope,
  findShellProblems,
  parseTemplate,
  type Resolution,
  resolutionProblem,
  resolveName,
  type Scope,
  templateVariables,
} from '@gump/state'
import { innerSteps } from '../core/plan.js'
import { scopeSteps } from '../core/scope.js'
import { type FoundTemplate, templatesOf } from './templates-of.js'

/** A variable as a step uses it, and what it stands for. */
export interface CheckedVariable {
  /** Path of the step, `*` in place of tasks. */
  readonly step: string
  readonly name: string
  readonly resolution: Resolution
  readonly template: FoundTemplate
}

export interface CheckedTemplates {
  readonly variables: readonly CheckedVariable[]
  /** Bare names that nobody inside provides: the workflow's inputs, in the order of their first use. */
  readonly inputs: readonly { readonly name: string; readonly diagnostic: Diagnostic }[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Resolves every variable of a workflow before anything runs, by the same rules as at run time. */
export function checkTemplates(loaded: LoadedWorkflow): CheckedTemplates {
  const variables: CheckedVariable[] = []
  const inputs = new Map<string, Diagnostic>()
  const diagnostics: Diagnostic[] = []
  const { workflow, source } = loaded
  const file = source.file

  const checkTemplate = (found: FoundTemplate, scope: Scope, step: string): void => {
    const template = parseTemplate(found.text)
    for (const name of new Set(templateVariables(template))) {
      const resolution = resolveName(name, scope)
      variables.push({ step, name, resolution, template: found })
      const problem = resolutionProblem(name, resolution)
      if (problem === null || (found.shell && resolution.status === 'input')) continue
      const diagnostic: Diagnostic = {
        code: problem.code,
        severity: 'error',
        message: `${problem.message} (in ${found.what} of ${step})`,
        file,
        range: found.range,
        ...(problem.suggestion === undefined ? {} : { suggestion: problem.suggestion }),
      }
      if (resolution.status !== 'input') diagnostics.push(diagnostic)
      else if (!inputs.has(name)) inputs.set(name, diagnostic)
    }
    if (!found.shell) return
    const isVariable = (name: string): boolean => resolveName(name, scope).status === 'found'
    for (const problem of findShellProblems(template, isVariable)) {
      diagnostics.push({
        code: problem.code,
        severity: 'error',
        message: problem.message,
        expected: problem.remedy,
        file,
        range: found.range,
      })
    }
  }

  const visit = (steps: readonly Step[], path: readonly string[], inTask: boolean): void => {
    for (const step of steps) {
      const at = [...path, step.name]
      const scope = createScope({ steps: scopeSteps(workflow), at: at.join('/'), dialect: workflow.dialect })
      const own = step.kind === 'group' && step.foreach !== undefined
      for (const found of templatesOf(step, inTask, (file) => source.files[file]))
        checkTemplate(found, scope, at.join('/'))
      const perTask = own || (step.kind === 'agent' && step.each !== undefined)
      visit(innerSteps(step), perTask ? [...at, '*'] : at, inTask || perTask)
    }
  }
  visit(workflow.steps, [], false)
  return { variables, inputs: [...inputs].map(([name, diagnostic]) => ({ name, diagnostic })), diagnostics }
}
