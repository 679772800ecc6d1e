import { passesWhenZero } from '../commands/run-alias.js'
import { defineGate } from '../define-gate.js'
import type { GateDefinition } from '../contract.js'

/** The project builds; a language without a build step gets a syntax check of the changed files. */
export const compile: GateDefinition = defineGate({
  name: 'compile',
  summary: 'passes when the project compiles, or its changed files parse',
  argument: 'none',
  commandAlias: 'compile',
  required: true,
  run: async (context) => passesWhenZero(context, 'compile', true),
})
