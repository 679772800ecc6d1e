import type { GateSpec, WorkflowCall } from '../ir.js'
import type { Span } from '../yaml/tree.js'
import { quote } from '../read/describe.js'
import type { ParseContext } from './context.js'

/** A gate that may still share its name with another one. */
export interface NamedGate {
  readonly at: Span
  readonly spec: GateSpec
  /** The name was written with `name:`. */
  readonly explicit?: string
}

/** The result name of a gate without `name:`; a validator's is the last segment of its reference. */
export function defaultGateName(gate: string, call?: WorkflowCall): string {
  if (call === undefined) return gate
  const segment = call.workflow.slice(call.workflow.lastIndexOf('/') + 1)
  // A dot would read as a field in templates.
  return segment.replace(/\.ya?ml$/, '').replaceAll('.', '-')
}

/** Makes result names unique: written ones must be, others get a number (`bash`, `bash-2`). */
export function distinctNames(cx: ParseContext, gates: readonly NamedGate[]): readonly GateSpec[] {
  const taken = new Set<string>()
  for (const { at, explicit } of gates) {
    if (explicit === undefined) continue
    if (taken.has(explicit)) cx.problems.report('GUMP-W034', at, `two gates are called ${quote(explicit)}`)
    taken.add(explicit)
  }
  const counts = new Map<string, number>()
  return gates.map(({ spec, explicit }) => {
    if (explicit !== undefined) return spec
    let number = counts.get(spec.name) ?? 0
    let name: string
    do {
      number += 1
      name = number === 1 ? spec.name : `${spec.name}-${number}`
    } while (taken.has(name))
    counts.set(spec.name, number)
    taken.add(name)
    return { ...spec, name }
  })
}
