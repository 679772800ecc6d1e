import type { Diagnostic } from '@gump/errors'
import type { Step, Workflow, WorkflowSource } from '@gump/schema'
import {
  createScope,
  escapedNames,
  findShellProblems,
  parseTemplate,
  type Resolution,
  resolutionProblem,
  resolveName,
  type Scope,
  templateVariables,
} from '@gump/state'
import { innerSteps, repeats, scopeSteps } from '@gump/core'
import { neverKnown } from './check-order.js'
import { escaped, type VariablePlace, variableLocator } from './locate-variable.js'
import { type FoundTemplate, templatesOf } from './templates-of.js'

/** A variable as a step uses it, and what it stands for. */
export interface CheckedVariable {
  /** Path of the step, `*` in place of tasks. */
  readonly step: string
  readonly name: string
  readonly resolution: Resolution
  readonly template: FoundTemplate
}

/** An input of a workflow: a bare name that nobody inside provides. */
export interface WorkflowInput {
  readonly name: string
  /** What is said when it is not given. */
  readonly diagnostic: Diagnostic
}

export interface CheckedTemplates {
  readonly variables: readonly CheckedVariable[]
  /** In the order of their first use. */
  readonly inputs: readonly WorkflowInput[]
  readonly diagnostics: readonly Diagnostic[]
}

/** A workflow, or as much of it as could be read. */
export interface TemplatedWorkflow {
  readonly workflow: Workflow
  readonly source: WorkflowSource
  /** Steps that could not be read: names that begin with one of them are not judged, nor are gates. */
  readonly unread?: ReadonlySet<string>
  /** Inputs that a caller gives: in a shell command, a bare name that nobody provides stays text. */
  readonly given?: ReadonlySet<string>
}

/** Resolves every variable of a workflow before anything runs, by the same rules as at run time. */
export function checkTemplates({ workflow, source, unread, given }: TemplatedWorkflow): CheckedTemplates {
  const variables: CheckedVariable[] = []
  const inputs = new Map<string, Diagnostic>()
  const diagnostics: Diagnostic[] = []

  const checkTemplate = (found: FoundTemplate, scope: Scope, step: string): void => {
    const template = parseTemplate(found.text)
    const locate = variableLocator(source, workflow.dialect, found)
    for (const name of templateVariables(template)) {
      const resolution = resolveName(name, scope)
      if (unread !== undefined && dependsOnUnread(name, unread)) continue
      if (found.shell && resolution.status === 'input' && given?.has(name) !== true) continue
      variables.push({ step, name, resolution, template: found })
      if (resolution.status === 'found' && resolution.source === 'step') {
        const why = neverKnown(workflow, step, resolution.step)
        if (why !== null) diagnostics.push(alwaysEmpty(locate(name), why))
      }
      if (resolution.status === 'found' || (found.shell && resolution.status === 'input')) continue
      const place = locate(name)
      const problem = resolutionProblem(place.name, resolution, scope)
      if (problem === null) continue
      const { code, message, expected, suggestion } = problem
      const diagnostic: Diagnostic = {
        code,
        severity: 'error',
        message: place.exact ? message : `${message} (in the ${found.what} of ${step})`,
        file: place.file,
        range: place.range,
        ...(expected === undefined ? {} : { expected }),
        ...(suggestion === undefined ? {} : { suggestion }),
      }
      if (resolution.status !== 'input') diagnostics.push(diagnostic)
      else if (!inputs.has(name)) inputs.set(name, diagnostic)
    }
    for (const name of new Set(escapedNames(found.text).map((escape) => escape.name))) {
      const { status } = resolveName(name, scope)
      if (status === 'found' || given?.has(name) === true)
        diagnostics.push(seenAsText(locate(escaped(name)), name))
    }
    if (!found.shell) return
    const isVariable = (name: string): boolean => {
      const { status } = resolveName(name, scope)
      return status === 'found' || (status === 'input' && given?.has(name) === true)
    }
    for (const { code, message, remedy, variable } of findShellProblems(template, isVariable)) {
      const { file, range } = locate(variable.name)
      diagnostics.push({ code, severity: 'error', message, expected: remedy, file, range })
    }
  }

  const visit = (steps: readonly Step[], path: readonly string[], inTask: boolean): void => {
    const names = new Set<string>()
    for (const step of steps) {
      // A second step of a name has no path of its own; it is a mistake by itself.
      if (names.has(step.name)) continue
      names.add(step.name)
      const at = [...path, step.name]
      const scope = createScope({ steps: scopeSteps(workflow), at: at.join('/'), dialect: workflow.dialect })
      const perTask = repeats(step)
      for (const found of templatesOf(step, inTask, (file) => source.files[file]))
        checkTemplate(found, found.perTask === true ? { ...scope, inTask: true } : scope, at.join('/'))
      visit(innerSteps(step), perTask ? [...at, '*'] : at, inTask || perTask)
    }
  }
  visit(workflow.steps, [], false)
  return { variables, inputs: [...inputs].map(([name, diagnostic]) => ({ name, diagnostic })), diagnostics }
}

function alwaysEmpty({ file, range, name }: VariablePlace, why: string): Diagnostic {
  return {
    code: 'GUMP-T007',
    severity: 'warning',
    message: `{${name}} is always empty here: ${why}`,
    expected: 'an earlier step, or a retry that comes back to this one',
    file,
    range,
  }
}

function seenAsText({ file, range }: VariablePlace, name: string): Diagnostic {
  return {
    code: 'GUMP-T008',
    severity: 'note',
    message: `{{${name}}} is an escape: the agent will see {${name}}`,
    expected: `{${name}} for the value`,
    file,
    range,
  }
}

/** Of a file with mistakes: names that may be right once those are corrected. */
function dependsOnUnread(name: string, unread: ReadonlySet<string>): boolean {
  const [head = ''] = name.split('.', 1)
  return head.split('/').some((segment) => unread.has(segment)) || /(?:^|\.)gate\./.test(name)
}
