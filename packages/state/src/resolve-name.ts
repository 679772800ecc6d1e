import { builtinVariables, reservedNames, shadowableVariables, stepFields } from './fields.js'
import { resolveGate, resolveField } from './resolve-field.js'
import { findByPath } from './resolve-path.js'
import { proposals } from './proposals.js'
import { visibleSteps } from './scope.js'
import type { Scope, VisibleStep } from './scope.js'

/** What a variable's name means at one place of a workflow. */
export type Resolution =
  /** A value of the state bag; `own`: of the step itself or of a group around it (`gate.*`, `prev.*`, `state.*`). */
  | {
      readonly status: 'found'
      readonly source: 'step' | 'own'
      /** Key in the bag: `decompose/add-auth/impl.gate.test.error`. */
      readonly key: string
      readonly step: string
      readonly field: string
    }
  /** A field of the task at hand; `key` is `task.<field>` in both dialects. */
  | { readonly status: 'found'; readonly source: 'task'; readonly key: string; readonly field: string }
  /** `spec`, `error`, `diff`, `attempt`, `run.id` or `run.cost`. */
  | { readonly status: 'found'; readonly source: 'builtin'; readonly key: string }
  /** An input that is given. */
  | { readonly status: 'found'; readonly source: 'input'; readonly key: string }
  /** A bare name that nobody provides: an input that is still missing. */
  | { readonly status: 'input'; readonly name: string }
  /** Several steps are meant; full paths, with `*` for a task. */
  | { readonly status: 'ambiguous'; readonly candidates: readonly string[] }
  | { readonly status: 'unknown'; readonly closest: readonly string[] }

/**
 * Finds out what `{name}` means for a step: the step itself, then the each or group around it, then outward to the workflow.
 * Strict: a short name that two visible steps share is ambiguous, a dotted name must start with a visible step. Validation and
 * run time both ask here, with a scope of their own each, so they cannot disagree.
 *
 * @param name - the text between the braces.
 */
export function resolveName(name: string, scope: Scope): Resolution {
  const plain = withoutOldSpelling(name, scope)
  const dot = plain.indexOf('.')
  const head = dot < 0 ? plain : plain.slice(0, dot)
  const field = dot < 0 ? null : plain.slice(dot + 1)

  if (head.includes('/')) return ofSteps(findByPath(head, scope), field, plain, scope)
  if (field === null) return resolveBare(head, scope)
  if (builtinVariables.includes(plain)) return { status: 'found', source: 'builtin', key: plain }
  if (head === 'task') {
    return scope.inTask
      ? { status: 'found', source: 'task', key: plain, field }
      : { status: 'unknown', closest: proposals(plain, scope) }
  }
  if (head === 'gate' || head === 'prev') return resolveOwn(head, field, plain, scope)
  if (head === 'state' && visibleSteps(head, scope).length === 0) return resolveState(plain, scope)
  const steps = visibleSteps(head, scope)
  return steps.length === 0 ? resolveCalled(head, field, plain, scope) : ofSteps(steps, field, plain, scope)
}

function resolveBare(name: string, scope: Scope): Resolution {
  if (scope.inputs.has(name) && shadowableVariables.includes(name)) {
    return { status: 'found', source: 'input', key: name }
  }
  if (builtinVariables.includes(name)) return { status: 'found', source: 'builtin', key: name }
  if (reservedNames.includes(name)) return { status: 'unknown', closest: proposals(name, scope) }
  const steps = visibleSteps(name, scope)
  if (steps.length > 0) return ofSteps(steps, null, name, scope)
  if (scope.owners[0]?.step.callsInGet === name) return resolveCalled(name, 'output', name, scope)
  return scope.inputs.has(name) ? { status: 'found', source: 'input', key: name } : { status: 'input', name }
}

function resolveOwn(head: 'gate' | 'prev', field: string, name: string, scope: Scope): Resolution {
  const gate = head === 'gate' ? field : field.startsWith('gate.') ? field.slice('gate.'.length) : null
  const prefix = head === 'prev' ? 'prev.' : ''
  for (const { path, step } of scope.owners) {
    const resolved = gate === null ? resolveField(field, step) : resolveGate(gate, step)
    if (resolved.status === 'ambiguous') return resolved
    if (resolved.status === 'found') {
      const key = prefix + resolved.field
      return { status: 'found', source: 'own', key: `${path}.${key}`, step: path, field: key }
    }
  }
  return { status: 'unknown', closest: proposals(name, scope) }
}

/** State of the workflow that the step itself has called in GET. */
function resolveState(name: string, scope: Scope): Resolution {
  const own = scope.owners[0]
  if (own?.step.callsInGet === undefined) return { status: 'unknown', closest: proposals(name, scope) }
  return { status: 'found', source: 'own', key: `${own.path}.${name}`, step: own.path, field: name }
}

/** The result of the workflow that the step has called in GET: the fields of its last step, or its state. */
function resolveCalled(head: string, field: string, name: string, scope: Scope): Resolution {
  const own = scope.owners[0]
  const isKnown = stepFields.includes(field) || field.startsWith('state.')
  if (own?.step.callsInGet !== head || !isKnown) return { status: 'unknown', closest: proposals(name, scope) }
  const key = field.startsWith('state.') ? field : `get.${field}`
  return { status: 'found', source: 'own', key: `${own.path}.${key}`, step: own.path, field: key }
}

function ofSteps(
  steps: readonly VisibleStep[],
  field: string | null,
  name: string,
  scope: Scope,
): Resolution {
  const [first, second] = steps
  if (first === undefined) return { status: 'unknown', closest: proposals(name, scope) }
  if (second !== undefined) return { status: 'ambiguous', candidates: steps.map((step) => step.path) }
  const resolved = resolveField(field ?? 'output', first.step)
  if (resolved.status === 'ambiguous') return resolved
  if (resolved.status === 'unknown') return { status: 'unknown', closest: proposals(name, scope) }
  return {
    status: 'found',
    source: 'step',
    key: `${first.path}.${resolved.field}`,
    step: first.path,
    field: resolved.field,
  }
}

/** `{item.*}` and `{steps.<name>…}` of the v3 dialect in today's spelling. */
function withoutOldSpelling(name: string, scope: Scope): string {
  if (scope.dialect !== 'v3') return name
  if (name.startsWith('item.')) return `task.${name.slice('item.'.length)}`
  if (name.startsWith('steps.') && visibleSteps('steps', scope).length === 0)
    return name.slice('steps.'.length)
  return name
}
