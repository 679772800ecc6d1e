import type { GateDefinition } from '../contract.js'
import { defineGate } from '../define-gate.js'

/** Nothing that decides what a gate means was changed since the run began. */
export const judgeUnchanged: GateDefinition = defineGate({
  name: 'judge_unchanged',
  summary: 'passes when no script, recipe or setting that decides what gates mean was changed',
  argument: 'none',
  required: false,
  async run({ change }) {
    const changes = change === null ? [] : await change.judge()
    if (changes.length === 0) return { status: 'pass', detail: 'scripts, recipes and settings are as before' }
    const rows = changes.map(({ path, detail }) => `${path}: ${detail}`)
    return {
      status: 'fail',
      error: `what decides how this work is judged was changed; take these changes back\n${rows.join('\n')}`,
    }
  },
})
