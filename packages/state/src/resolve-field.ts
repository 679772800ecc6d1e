import { stepFields } from './fields.js'
import { matchGateName } from './gate-names.js'
import type { ScopeStep } from './scope.js'

export type FieldResolution =
  | { readonly status: 'found'; readonly field: string }
  | { readonly status: 'ambiguous'; readonly candidates: readonly string[] }
  | { readonly status: 'unknown' }

/** The canonical name of a field of a step: gate aliases are replaced by the gate's result name. */
export function resolveField(field: string, step: ScopeStep): FieldResolution {
  if (stepFields.includes(field)) return { status: 'found', field }
  if (field.startsWith('gate.')) return resolveGate(field.slice('gate.'.length), step)
  if (field.startsWith('state.')) return { status: 'found', field }
  if (field.startsWith('prev.')) {
    const inner = resolveField(field.slice('prev.'.length), step)
    return inner.status === 'found' ? { status: 'found', field: `prev.${inner.field}` } : inner
  }
  return { status: 'unknown' }
}

/** The field of a gate's result: `<name>`, `<name>.error` or `<name>.comments`. */
export function resolveGate(gate: string, step: ScopeStep): FieldResolution {
  // Every agent step may fail on the files that its task declares.
  const gates = [...(step.gates ?? []), 'blast_radius']
  const [, name = gate, facet = ''] = /^(.*?)(\.error|\.comments|\.pass)?$/s.exec(gate) ?? []
  const found = matchGateName(name, gates)
  // `gate.review.pass` is an older spelling of `gate.review`.
  if (found.status === 'found')
    return { status: 'found', field: `gate.${found.gate}${facet === '.pass' ? '' : facet}` }
  return found
}
