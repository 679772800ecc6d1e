import type { GateSpec, RetryEntry, Step, Workflow, WorkflowCall } from './ir.js'

/**
 * Replaces the references of calls by the keys they are loaded under. Names stay as they are; the path of a file,
 * which is relative to the file that names it, becomes the key of that file.
 */
export function renameCalls(workflow: Workflow, names: ReadonlyMap<string, string>): Workflow {
  if ([...names].every(([from, to]) => from === to)) return workflow
  return { ...workflow, steps: renameSteps(workflow.steps, names) }
}

function renameSteps(steps: readonly Step[], names: ReadonlyMap<string, string>): readonly Step[] {
  return steps.map((step) => renameStep(step, names))
}

function renameStep(step: Step, names: ReadonlyMap<string, string>): Step {
  const gates = step.gates.map((gate) => renameGate(gate, names))
  const retry =
    step.retry === undefined
      ? {}
      : { retry: { ...step.retry, entries: step.retry.entries.map((entry) => renameEntry(entry, names)) } }
  switch (step.kind) {
    case 'gate':
      return { ...step, gates, ...retry }
    case 'group':
      return { ...step, gates, ...retry, steps: renameSteps(step.steps, names) }
    case 'workflow':
      return { ...step, gates, ...retry, call: renameCall(step.call, names) }
    case 'agent': {
      const { each, getWorkflow } = step
      return {
        ...step,
        gates,
        ...retry,
        ...(each === undefined ? {} : { each: renameSteps(each, names) }),
        ...(getWorkflow === undefined ? {} : { getWorkflow: renameCall(getWorkflow, names) }),
      }
    }
  }
}

function renameGate(gate: GateSpec, names: ReadonlyMap<string, string>): GateSpec {
  return gate.call === undefined ? gate : { ...gate, call: renameCall(gate.call, names) }
}

function renameEntry(entry: RetryEntry, names: ReadonlyMap<string, string>): RetryEntry {
  if (entry.condition.when !== 'validate') return entry
  return { ...entry, condition: { ...entry.condition, call: renameCall(entry.condition.call, names) } }
}

function renameCall(call: WorkflowCall, names: ReadonlyMap<string, string>): WorkflowCall {
  return { ...call, workflow: names.get(call.workflow) ?? call.workflow }
}
