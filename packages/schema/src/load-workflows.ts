import { GumpError, isGumpError, type Diagnostic } from '@gump/errors'
import { callsOf } from './calls.js'
import type { Workflow, WorkflowCall } from './ir.js'
import { workflowLimits } from './limits.js'
import { parseWorkflow, type WorkflowDraft } from './parse-workflow.js'
import type { Vocabulary } from './parse/vocabulary.js'
import type { Playbook, WorkflowSource } from './playbook-contract.js'
import { checkCalls, type LoadedCall } from './rules/call-graph.js'
import { renameCalls } from './rename-calls.js'

/** One workflow with the file it came from. */
export interface LoadedWorkflow {
  readonly workflow: Workflow
  readonly source: WorkflowSource
}

/** One workflow that has mistakes, as far as it could be read. */
export interface DraftedWorkflow {
  readonly draft: WorkflowDraft
  readonly source: WorkflowSource
}

/** A workflow with everything it calls. */
export interface LoadedWorkflows {
  /** Key of the root in `workflows`; its reference. */
  readonly root: string
  /** By reference; every call of a loaded workflow that could be resolved names one of these keys. */
  readonly workflows: Readonly<Record<string, LoadedWorkflow>>
  /** By reference; those that are not among `workflows`, because they have mistakes. */
  readonly drafts: Readonly<Record<string, DraftedWorkflow>>
  /** Problems of all files together. When one is an error, `workflows` is not complete. */
  readonly diagnostics: readonly Diagnostic[]
  /** Text of every file that was read, by the `file` of its diagnostics. */
  readonly texts: Readonly<Record<string, string>>
}

/**
 * Loads a workflow and, transitively, every workflow it calls: as a step, as a gate, in GET, in a retry. Problems in
 * any of the files come back as diagnostics, also circles and calls nested too deeply.
 *
 * @throws GumpError GUMP-W060 when the root itself does not exist; GUMP-W038, GUMP-W053 or GUMP-W064 when it cannot be read
 */
export async function loadWorkflows(
  playbook: Playbook,
  ref: string,
  vocabulary: Partial<Vocabulary> = {},
): Promise<LoadedWorkflows> {
  const first = await playbook.resolve(ref)
  const loaded = new Map<string, LoadedWorkflow>()
  const drafts = new Map<string, DraftedWorkflow>()
  const sources = new Map<string, WorkflowSource>([[first.ref, first]])
  const calls: LoadedCall[] = []
  const diagnostics: Diagnostic[] = []
  const resolver: Resolver = {
    playbook,
    sources,
    pending: [first],
    depths: new Map([[first.ref, 1]]),
    diagnostics,
  }
  for (let source = resolver.pending.shift(); source !== undefined; source = resolver.pending.shift()) {
    const parsed = parseWorkflow(source, vocabulary)
    diagnostics.push(...parsed.diagnostics)
    if (parsed.draft === null) continue
    const names = new Map<string, string>()
    for (const { call, use } of callsOf(parsed.draft.workflow.steps)) {
      const target = await resolveCall(resolver, source, call, names)
      if (target !== null) calls.push({ from: source.ref, file: source.file, to: target, call, use })
    }
    const workflow = renameCalls(parsed.draft.workflow, names)
    if (parsed.workflow !== null) loaded.set(source.ref, { workflow, source })
    else drafts.set(source.ref, { draft: { ...parsed.draft, workflow }, source })
  }
  diagnostics.push(...checkCalls(first.ref, loaded, calls, workflowLimits.callDepth))
  return {
    root: first.ref,
    workflows: Object.fromEntries(loaded),
    drafts: Object.fromEntries(drafts),
    diagnostics,
    texts: Object.fromEntries([...sources.values()].map((source) => [source.file, source.text])),
  }
}

interface Resolver {
  readonly playbook: Playbook
  readonly sources: Map<string, WorkflowSource>
  readonly pending: WorkflowSource[]
  /** Length of the shortest chain of calls from the root. */
  readonly depths: Map<string, number>
  readonly diagnostics: Diagnostic[]
}

async function resolveCall(
  resolver: Resolver,
  source: WorkflowSource,
  call: WorkflowCall,
  names: Map<string, string>,
): Promise<string | null> {
  const known = names.get(call.workflow)
  if (known !== undefined) return known
  try {
    const target = await resolver.playbook.resolve(call.workflow, source)
    const depth = (resolver.depths.get(source.ref) ?? 1) + 1
    // What is deeper than allowed is reported at the call that leads to it, and not read.
    if (!resolver.sources.has(target.ref) && depth <= workflowLimits.callDepth) {
      resolver.sources.set(target.ref, target)
      resolver.depths.set(target.ref, depth)
      resolver.pending.push(target)
    }
    names.set(call.workflow, target.ref)
    return target.ref
  } catch (error) {
    if (!isGumpError(error)) throw error
    resolver.diagnostics.push(toDiagnostic(error, source, call))
    return null
  }
}

function toDiagnostic(error: GumpError, source: WorkflowSource, call: WorkflowCall): Diagnostic {
  const near = error.data['near']
  const [suggestion] = Array.isArray(near) && error.remedy?.startsWith('did you mean') ? near : []
  return {
    code: error.code,
    severity: 'error',
    message: error.message,
    file: source.file,
    range: call.range,
    expected: 'a workflow that gump playbook list shows, or the path of a .yaml file',
    ...(typeof suggestion === 'string' ? { suggestion } : {}),
  }
}
