import { defineGate } from '../define-gate.js'
import type { GateDefinition } from '../contract.js'
import { listPaths, touchedFiles } from '../globs/touched-files.js'

/** No changed file matches. */
export const untouched: GateDefinition = defineGate({
  name: 'untouched',
  summary: 'passes when no changed file matches a glob',
  argument: 'globs',
  required: true,
  async run(context) {
    const touching = touchedFiles(context)
    if ('gateResult' in touching) return touching.gateResult
    const { globs, matching } = touching
    if (matching.length === 0) return { status: 'pass', detail: `nothing that matches ${globs} was changed` }
    return {
      status: 'fail',
      error: `files that match ${globs} must stay as they are; changed: ${listPaths(matching)}`,
    }
  },
})
