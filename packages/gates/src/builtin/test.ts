import { passesWhenZero } from '../commands/run-alias.js'
import { defineGate } from '../define-gate.js'
import type { GateDefinition } from '../contract.js'

/** The project's tests pass. */
export const test: GateDefinition = defineGate({
  name: 'test',
  summary: "passes when the project's tests pass",
  argument: 'none',
  commandAlias: 'test',
  required: true,
  run: async (context) => passesWhenZero(context, 'test', true),
})
