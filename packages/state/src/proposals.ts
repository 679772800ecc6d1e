import { nearest } from '@gump/errors'
import { builtinVariables, stepFields } from './fields.js'
import { joinPath, visibleNames, visibleSteps } from './scope.js'
import type { Scope, ScopeStep } from './scope.js'

/** What the author of an unknown name may have meant: spellings that resolve, nearest first. */
export function proposals(name: string, scope: Scope): readonly string[] {
  const dot = name.indexOf('.')
  const head = dot < 0 ? name : name.slice(0, dot)
  const field = dot < 0 ? '' : name.slice(dot)

  if (head === 'task') return scope.inTask ? ['task.name', 'task.description', 'task.files'] : []
  if (head === 'item') return scope.inTask ? [field === '' ? 'task.name' : `task${field}`] : []
  if (head === 'steps' && field !== '') return [field.slice(1)]
  if (head === 'run') return ['run.id', 'run.cost']
  if (head === 'gate' || head === 'prev') return ownProposals(name, scope)

  const [step] = visibleSteps(head, scope)
  if (step !== undefined) return nearest(name, fieldsOf(head, step.step))

  const elsewhere = hiddenPaths(head.slice(head.lastIndexOf('/') + 1), scope).map((path) => path + field)
  const called = scope.owners[0]?.step.callsInGet
  const visible = called === undefined ? visibleNames(scope) : [called, ...visibleNames(scope)]
  const near = nearest(head, visible).map((candidate) => candidate + field)
  return [...new Set([...near, ...elsewhere, ...nearest(name, builtinVariables)])].slice(0, 3)
}

function ownProposals(name: string, scope: Scope): readonly string[] {
  const all = scope.owners.flatMap(({ step }) => [
    ...fieldsOf('prev', step),
    ...fieldsOf('', step).filter((field) => field.startsWith('gate.')),
  ])
  return nearest(name, all)
}

function fieldsOf(prefix: string, step: ScopeStep): readonly string[] {
  const gates = (step.gates ?? []).flatMap((gate) => [gate, `${gate}.error`, `${gate}.comments`])
  const fields = [...stepFields, ...gates.map((gate) => `gate.${gate}`)]
  return prefix === '' ? fields : fields.map((field) => `${prefix}.${field}`)
}

/** Steps of that name which cannot be seen by it, with `<task>` where a task has to be named. */
function hiddenPaths(name: string, scope: Scope): readonly string[] {
  const found: string[] = []
  const search = (steps: readonly ScopeStep[], path: string): void => {
    for (const step of steps) {
      const own = joinPath(path, step.name)
      if (step.name === name && own !== name) found.push(own)
      if (step.steps !== undefined) search(step.steps, step.perTask === true ? `${own}/<task>` : own)
    }
  }
  search(scope.levels.at(-1)?.steps ?? [], '')
  return found
}
