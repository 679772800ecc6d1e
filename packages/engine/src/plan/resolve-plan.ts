import { type Diagnostic } from '@gump/errors'
import { callsOf, type LoadedWorkflow, loadWorkflows, type Playbook, type Vocabulary } from '@gump/schema'
import type { Plan } from '../core/plan.js'
import type { RunInputs } from '../shell/run-inputs.js'
import { type CheckedTemplates, checkTemplates } from './check-templates.js'

/** A workflow with all it calls, checked as far as that is possible without running anything. */
export interface ResolvedPlan {
  /** null when there is an error. */
  readonly plan: Plan | null
  readonly root: LoadedWorkflow | null
  readonly sources: RunInputs['sources']
  readonly checked: Readonly<Record<string, CheckedTemplates>>
  /** Inputs of the root workflow, given or not. */
  readonly inputs: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
  /** Texts of all files, for excerpts. */
  readonly texts: Readonly<Record<string, string>>
}

/** Loads a workflow and checks its variables; `given` are the inputs that the caller provides. */
export async function resolvePlan(
  playbook: Playbook,
  ref: string,
  given: Readonly<Record<string, string>>,
  vocabulary: Partial<Vocabulary>,
): Promise<ResolvedPlan> {
  const loaded = await loadWorkflows(playbook, ref, vocabulary)
  const checked = Object.fromEntries(
    Object.entries(loaded.workflows).map(([key, workflow]) => [key, checkTemplates(workflow)]),
  )
  const root = loaded.workflows[loaded.root] ?? null
  const diagnostics = [
    ...loaded.diagnostics,
    ...Object.values(checked).flatMap((c) => c.diagnostics),
    ...missingAtCalls(loaded.workflows, checked),
    ...missingAtRoot(checked[loaded.root], given),
  ]
  const failed = root === null || diagnostics.some((diagnostic) => diagnostic.severity === 'error')
  const workflows = Object.fromEntries(Object.entries(loaded.workflows).map(([key, w]) => [key, w.workflow]))
  return {
    plan: failed ? null : { root: loaded.root, workflows },
    root,
    sources: Object.fromEntries(Object.entries(loaded.workflows).map(([key, w]) => [key, w.source])),
    checked,
    inputs: (checked[loaded.root]?.inputs ?? []).map((input) => input.name),
    diagnostics,
    texts: loaded.texts,
  }
}

function missingAtRoot(
  checked: CheckedTemplates | undefined,
  given: Readonly<Record<string, string>>,
): Diagnostic[] {
  return (checked?.inputs ?? []).flatMap(({ name, diagnostic }) =>
    Object.hasOwn(given, name) ? [] : [diagnostic],
  )
}

/** A called workflow gets its inputs from the call; one that is not given is a mistake of the caller. */
function missingAtCalls(
  workflows: Readonly<Record<string, LoadedWorkflow>>,
  checked: Readonly<Record<string, CheckedTemplates>>,
): Diagnostic[] {
  return Object.values(workflows).flatMap(({ workflow, source }) =>
    [...callsOf(workflow.steps)].flatMap(({ call }) =>
      (checked[call.workflow]?.inputs ?? [])
        .filter(({ name }) => !Object.hasOwn(call.with, name))
        .map(({ name }): Diagnostic => ({
          code: 'GUMP-T003',
          severity: 'error',
          message: `the workflow ${call.workflow} needs the input "${name}", which this call does not give`,
          expected: `${name}: a value, beside the call`,
          file: source.file,
          range: call.range,
        })),
    ),
  )
}
