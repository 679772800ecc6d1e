import type { GateSpec } from '../ir.js'

/**
 * The result name that a gate is meant by: its name, or the last word of a validator's name (`review` for
 * `arch-review`) when only one gate has it.
 */
export function resolveGateName(gates: readonly GateSpec[], name: string): string | null {
  if (gates.some((gate) => gate.name === name)) return name
  const aliased = gatesByLastWord(gates, name)
  return aliased.length === 1 ? (aliased[0] ?? null) : null
}

/** Names of the validators whose last word it is. */
export function gatesByLastWord(gates: readonly GateSpec[], word: string): readonly string[] {
  return gates
    .filter(
      (gate) => gate.call !== undefined && gate.name.endsWith(`-${word}`) && lastWord(gate.name) === word,
    )
    .map((gate) => gate.name)
}

function lastWord(name: string): string {
  return name.slice(name.lastIndexOf('-') + 1)
}
