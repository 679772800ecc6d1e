import { defineGate } from '../define-gate.js'
import type { GateDefinition } from '../contract.js'
import { checkTasks } from '../tasks/check-tasks.js'

const MAX_PROBLEMS = 20

/** The tasks of a split are what the steps after it need. */
export const schema: GateDefinition = defineGate({
  name: 'schema',
  summary: "passes when a split's tasks are valid: names, descriptions, files, no two names alike",
  argument: 'none',
  required: true,
  async run({ output, step }) {
    if (step.type !== 'split') {
      return {
        status: 'unconfigured',
        reason: `the schema gate checks the tasks of a split, and ${step.path} is of type ${step.type}`,
        remedy: 'remove the gate, or give the step `type: split`',
      }
    }
    if (output === null) return { status: 'fail', error: 'there are no tasks: write them as a JSON array' }
    const check = await checkTasks(output)
    if (check.valid) {
      const count = check.tasks.length
      return {
        status: 'pass',
        detail: count === 0 ? 'the list of tasks is empty' : `tasks: ${String(count)}`,
      }
    }
    const { problems } = check
    const more = problems.length - MAX_PROBLEMS
    const lines = problems.slice(0, MAX_PROBLEMS).map((problem) => `- ${problem}`)
    if (more > 0) lines.push(`- and ${String(more)} more`)
    return { status: 'fail', error: `the tasks are not valid:\n${lines.join('\n')}` }
  },
})
