import type { GateSpec } from '../ir.js'

/**
 * The result name that a gate is meant by: its name, or the last word of a validator's name (`review` for
 * `arch-review`) when only one gate has it.
 */
export function resolveGateName(gates: readonly GateSpec[], name: string): string | null {
  if (gates.some((gate) => gate.name === name)) return name
  const aliased = gates.filter(
    (gate) => gate.call !== undefined && gate.name.endsWith(`-${name}`) && lastWord(gate.name) === name,
  )
  return aliased.length === 1 ? (aliased[0]?.name ?? null) : null
}

function lastWord(name: string): string {
  return name.slice(name.lastIndexOf('-') + 1)
}
