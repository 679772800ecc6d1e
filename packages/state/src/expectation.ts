import { stepFields } from './fields.js'
import { type Scope, visibleNames, visibleSteps } from './scope.js'

const mostNames = 12

/** What could stand in place of a name that means nothing, in words; null when there is nothing to say. */
export function expectation(name: string, scope: Scope): string | null {
  const [head = ''] = name.split('.', 1)
  if (head === 'task' || head === 'item') return ofTask(scope)
  if (head === 'gate') return ofGates(scope)
  if (head === 'state') return 'get: {workflow: NAME} in this step; state.KEY is a result of that workflow'
  if (head === 'run') return '{run.id} or {run.cost}'
  const [step] = visibleSteps(head, scope)
  if (step !== undefined) {
    const gates = (step.step.gates ?? []).map((gate) => `gate.${gate}`)
    return `{${head}.FIELD} with one of ${[...stepFields, ...gates].join(', ')}, or state.KEY`
  }
  const names = visibleNames(scope)
  if (names.length === 0) return null
  const more = names.length > mostNames ? ', …' : ''
  return `a step that can be seen from here: ${names.slice(0, mostNames).join(', ')}${more}`
}

function ofTask(scope: Scope): string {
  return scope.inTask
    ? '{task.name}, {task.description}, {task.files} or another field of the task'
    : 'a step inside each or foreach: no task is worked on here'
}

function ofGates(scope: Scope): string {
  const gates = [...new Set(scope.owners.flatMap(({ step }) => step.gates ?? []))]
  return gates.length === 0
    ? 'a gate of this step or of one around it; there is none'
    : `a gate of this step or of one around it: ${gates.join(', ')}`
}
