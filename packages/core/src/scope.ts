import type { Step, Workflow } from '@gump/schema'
import { createScope, type Scope, type ScopeStep } from '@gump/state'
import type { Frame } from './frame.js'
import { calledName } from './called-name.js'
import { innerSteps, type Plan, repeats, workflowOf } from './plan.js'

/** The frame in which the workflow around a frame began. */
export function boundaryOf(frame: Frame): Frame {
  return frame.call !== null || frame.parent === null ? frame : boundaryOf(frame.parent)
}

/** What names mean for a step of a frame, while it runs. */
export function scopeOf(plan: Plan, frame: Frame, step: string | null, runInputs: Iterable<string>): Scope {
  const item = partOf(frame)
  return item === null
    ? plainScope(plan, frame, step, runInputs)
    : partScope({ item, frame, step, around: scopeAround(plan, item, runInputs) })
}

function plainScope(plan: Plan, frame: Frame, step: string | null, runInputs: Iterable<string>): Scope {
  const boundary = boundaryOf(frame)
  const at = [...frame.path.slice(boundary.path.length), ...(step === null ? [] : [step])]
  const scope = createScope({
    steps: scopeSteps(workflowOf(plan, boundary.workflow)),
    at: at.join('/'),
    root: boundary.path.join('/'),
    dialect: boundary.dialect,
    inputs: boundary.parent === null ? runInputs : Object.keys(boundary.call?.with ?? {}),
  })
  // A workflow that is called for each task works on it: its default prompts name the task.
  return boundary.task === null ? scope : { ...scope, inTask: true }
}

/** The frame of an item that was split again, when this one stands in it. */
function partOf(frame: Frame): Frame | null {
  if (frame.namesOf !== null) return frame
  return frame.parent === null || frame.call !== null ? null : partOf(frame.parent)
}

/** Where a name is looked up in the parts of an item, and what is known around the item. */
interface Part {
  readonly item: Frame
  readonly frame: Frame
  readonly step: string | null
  readonly around: Scope
}

/** Parts stand at paths that the workflow does not know: their own names come first, then those around the item. */
function partScope({ item, frame, step, around }: Part): Scope {
  const depth = item.path.length + 2
  const inner = [...frame.path.slice(depth), ...(step === null ? [] : [step])]
  const inPart = frame.path.length >= depth
  const own = createScope({
    steps: inPart ? scopeStepsOf(item.namesOf?.steps ?? []) : [{ name: step ?? '' }],
    at: inPart ? inner.join('/') : (step ?? ''),
    root: (inPart ? frame.path.slice(0, depth) : item.path).join('/'),
    dialect: around.dialect,
  })
  return {
    ...around,
    levels: [...own.levels, ...around.levels],
    owners: [...own.owners, ...around.owners],
    inTask: true,
  }
}

/** What an item sees beside its own steps: for one that calls a workflow, only what the call gives. */
function scopeAround(plan: Plan, item: Frame, runInputs: Iterable<string>): Scope {
  if (item.call === null) return plainScope(plan, item.parent ?? item, item.path.at(-2) ?? null, runInputs)
  return createScope({ steps: [], at: '', dialect: item.dialect, inputs: Object.keys(item.call.with) })
}

const projections = new WeakMap<readonly Step[], readonly ScopeStep[]>()

/** The names of a workflow; the same array every time, because resolution keeps an index by identity. */
export function scopeSteps(workflow: Workflow): readonly ScopeStep[] {
  return scopeStepsOf(workflow.steps)
}

function scopeStepsOf(list: readonly Step[]): readonly ScopeStep[] {
  const known = projections.get(list)
  if (known !== undefined) return known
  const steps = list.map(scopeStep)
  projections.set(list, steps)
  return steps
}

function scopeStep(step: Step): ScopeStep {
  const inner = innerSteps(step)
  const perTask = repeats(step)
  return {
    name: step.name,
    gates: step.gates.map((gate) => gate.name),
    ...(inner.length === 0 && !perTask ? {} : { steps: inner.map(scopeStep) }),
    ...(perTask ? { perTask } : {}),
    ...(step.kind === 'agent' && step.getWorkflow !== undefined
      ? { callsInGet: calledName(step.getWorkflow.workflow) }
      : {}),
  }
}
