import type { Diagnostic } from '@gump/errors'
import {
  callsOf,
  type LoadedWorkflow,
  type LoadedWorkflows,
  loadWorkflows,
  type Playbook,
  type Vocabulary,
} from '@gump/schema'
import type { Plan } from '@gump/core'
import type { RunInputs } from '../shell/run-inputs.js'
import { unknownStateKeys } from './check-state-keys.js'
import { type CheckedTemplates, checkTemplates } from './check-templates.js'
import { promptFileName } from './locate-variable.js'

/** A workflow with all it calls, every variable resolved; what the caller gives is not looked at. */
export interface CheckedWorkflows {
  readonly loaded: LoadedWorkflows
  /** By reference: those without mistakes, and what could be read of the others. */
  readonly readable: Readonly<Record<string, LoadedWorkflow>>
  /** By reference, also of those that have mistakes. */
  readonly checked: Readonly<Record<string, CheckedTemplates>>
  readonly diagnostics: readonly Diagnostic[]
  /** Texts of all files that diagnostics name, prompt files included. */
  readonly texts: Readonly<Record<string, string>>
}

/** A workflow with all it calls, checked as far as that is possible without running anything. */
export interface ResolvedPlan {
  /** null when a workflow has a mistake of structure; what else prevents a run is in `diagnostics`. */
  readonly plan: Plan | null
  readonly root: LoadedWorkflow | null
  /** By reference: those without mistakes, and what could be read of the others. */
  readonly readable: CheckedWorkflows['readable']
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
  const {
    loaded,
    readable,
    checked,
    texts,
    diagnostics: found,
  } = await checkWorkflows(playbook, ref, vocabulary, given)
  const root = loaded.workflows[loaded.root] ?? null
  const failed = root === null || loaded.diagnostics.some((diagnostic) => diagnostic.severity === 'error')
  const workflows = Object.fromEntries(Object.entries(loaded.workflows).map(([key, w]) => [key, w.workflow]))
  return {
    plan: failed ? null : { root: loaded.root, workflows },
    root,
    readable,
    sources: Object.fromEntries(Object.entries(loaded.workflows).map(([key, w]) => [key, w.source])),
    checked,
    inputs: (checked[loaded.root]?.inputs ?? []).map((input) => input.name),
    diagnostics: [...found, ...missingAtRoot(checked[loaded.root], given)],
    texts,
  }
}

/** Loads a workflow and resolves the variables of everything that could be read; `given` are the inputs of its own. */
export async function checkWorkflows(
  playbook: Playbook,
  ref: string,
  vocabulary: Partial<Vocabulary>,
  given: Readonly<Record<string, string>> = {},
): Promise<CheckedWorkflows> {
  const loaded = await loadWorkflows(playbook, ref, vocabulary)
  const drafts = Object.entries(loaded.drafts).map(([key, { draft, source }]) => {
    return [key, { ...draft, source }] as const
  })
  const all = [...Object.entries(loaded.workflows), ...drafts]
  const readable = Object.fromEntries(all.map(([key, { workflow, source }]) => [key, { workflow, source }]))
  const called = all.flatMap(([, { workflow }]) => [...callsOf(workflow.steps)].map(({ call }) => call))
  const givenTo = (key: string): ReadonlySet<string> => {
    const inputs = called.flatMap((call) => (call.workflow === key ? Object.keys(call.with) : []))
    return new Set(key === loaded.root ? [...inputs, ...Object.keys(given)] : inputs)
  }
  const checked = Object.fromEntries(
    all.map(([key, workflow]) => [key, checkTemplates({ ...workflow, given: givenTo(key) })]),
  )
  const prompts = all.flatMap(([, { source }]) =>
    Object.entries(source.files).map(([path, text]) => [promptFileName(source, path), text] as const),
  )
  return {
    loaded,
    readable,
    checked,
    diagnostics: withoutRepeats([
      ...loaded.diagnostics,
      ...Object.values(checked).flatMap((c) => c.diagnostics),
      ...unknownStateKeys(loaded.workflows, checked),
      ...missingAtCalls(loaded.workflows, checked),
    ]),
    texts: { ...Object.fromEntries(prompts), ...loaded.texts },
  }
}

/** What an anchor holds is read at each of its aliases, and is still one mistake. */
function withoutRepeats(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((found) => [JSON.stringify(found), found])).values()]
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
