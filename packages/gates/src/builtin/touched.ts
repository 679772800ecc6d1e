import { defineGate } from '../define-gate.js'
import type { GateDefinition } from '../contract.js'
import { listPaths, touchedFiles } from '../globs/touched-files.js'

/** At least one changed file matches. */
export const touched: GateDefinition = defineGate({
  name: 'touched',
  summary: 'passes when some changed file matches a glob',
  argument: 'globs',
  required: true,
  async run(context) {
    const touching = touchedFiles(context)
    if ('gateResult' in touching) return touching.gateResult
    const { globs, matching } = touching
    if (matching.length > 0) return { status: 'pass', detail: `changed: ${listPaths(matching)}` }
    const changed = context.files.map((file) => file.path)
    const instead = changed.length === 0 ? 'nothing was changed' : `changed: ${listPaths(changed)}`
    return { status: 'fail', error: `no changed file matches ${globs}; ${instead}` }
  },
})
