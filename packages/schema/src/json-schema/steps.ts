import type { Dialect } from '../ir.js'
import { getKeys } from '../parse/step-keys.js'
import { described, having, object, ref, type JsonSchema } from './json-schema.js'

type Properties = Readonly<Record<string, JsonSchema>>

const name: JsonSchema = described('Unique among the steps of the list.', ref('stepName'))
const gate: JsonSchema = described('Checks after the work; all of them run.', ref('gates'))
const branching: Properties = {
  parallel: described('Run the branches at the same time: true, or at most N.', ref('parallel')),
  fail_fast: described('Cancel the other branches when one fails.', { type: 'boolean' }),
  on_conflict: described('When two branches changed the same lines.', ref('onConflict')),
}
const branchingKeys = ['parallel', 'fail_fast', 'on_conflict', 'blast_radius']
const blastRadius: JsonSchema = described(
  'What happens when a task changes files it did not declare.',
  ref('blastRadius'),
)
const needsParallel = { dependentRequired: { fail_fast: ['parallel'], on_conflict: ['parallel'] } }

const inner: JsonSchema = described('The steps of the group, from top to bottom.', ref('steps'))
const called: JsonSchema = described(
  'A workflow of the playbook, or the path of a .yaml file.',
  ref('workflowRef'),
)
const given: JsonSchema = described('Values for the inputs of the workflow.', ref('inputs'))

/** GET and RUN keys that both dialects write directly in the step. */
const agentKeys: Properties = {
  prompt: described('What the agent is asked.', ref('prompt')),
  context: described('Files and command output that go before the prompt.', ref('context')),
  worktree: described('How the agent sees the files.', ref('worktree')),
  session: described('A new conversation, or that of an earlier step.', ref('session')),
  agent: described('Name of an agent; pass runs none.', ref('text')),
  guard: described('Limits that stop the agent at once.', ref('guards')),
  hitl: described('Ask a person before (true) or after the gates.', ref('hitl')),
  timeout: described('The same as guard.max_time.', ref('duration')),
}

/** Keys that say what happens after a failure. */
function recovery(dialect: Dialect): Properties {
  return dialect === 'v4'
    ? { retry: described('What changes from attempt to attempt; exit is required.', ref('retry')) }
    : { on_failure: described('Further attempts and what changes.', ref('onFailure')) }
}

/** One step of any kind. */
export function stepSchema(dialect: Dialect): JsonSchema {
  const agent = dialect === 'v4' ? currentAgentStep() : earlierAgentStep()
  const foreach: Properties =
    dialect === 'v3' ? { foreach: described('The step whose tasks this is done for.', ref('text')) } : {}
  const checks: Properties = { gate, ...recovery(dialect) }
  return {
    anyOf: [
      agent,
      object({ name, ...checks, hitl: agentKeys['hitl'] ?? true }, ['name', 'gate']),
      object({ name, steps: inner, ...foreach, ...branching, ...checks }, ['name', 'steps'], needsParallel),
      object(
        { name, workflow: called, with: given, ...foreach, ...branching, ...checks },
        ['name', 'workflow'],
        needsParallel,
      ),
    ],
  }
}

function currentAgentStep(): JsonSchema {
  const { agent, guard, hitl, timeout, ...get } = agentKeys
  const properties: Properties = {
    name,
    type: described(
      'What the step produces: a change, tasks with each, a verdict, or text. A change by default.',
      { enum: ['code', 'split', 'validate', 'artifact'] },
    ),
    ...agentKeys,
    get: described('What the agent is given; the same keys can stand directly in the step.', getBlock(get)),
    run: described(
      'The agent at work; the same keys can stand directly in the step.',
      object({
        ...(agent && { agent }),
        ...(guard && { guard }),
        ...(hitl && { hitl }),
        ...(timeout && { timeout }),
      }),
    ),
    expect: described('Of a code step: an attempt that changes nothing has failed.', { const: 'changes' }),
    gate,
    each: described('Of a split: the steps that are done for every task.', ref('steps')),
    ...branching,
    blast_radius: blastRadius,
    ...recovery('v4'),
  }
  const split = having('type', { const: 'split' })
  return object(properties, ['name'], {
    anyOf: [
      having('agent'),
      having('type'),
      having('run', having('agent')),
      having('get', having('workflow')),
    ],
    allOf: [
      ...onlyWith(['each', ...branchingKeys], split),
      ...onlyWith(['expect'], { anyOf: [{ not: having('type') }, having('type', { const: 'code' })] }),
      { anyOf: [{ not: split }, having('each')] },
    ],
    ...needsParallel,
  })
}

/** Keys that mean something only where a condition holds. */
function onlyWith(keys: readonly string[], condition: JsonSchema): readonly JsonSchema[] {
  return keys.map((key) => ({ anyOf: [{ not: having(key) }, condition] }))
}

/** With a workflow, every other key of the block is one of its inputs. */
function getBlock(get: Properties): JsonSchema {
  return {
    anyOf: [
      object(get),
      {
        type: 'object',
        properties: { ...get, workflow: called, with: given },
        required: ['workflow'],
        propertyNames: { pattern: '^(?!__proto__$)[A-Za-z0-9_][A-Za-z0-9_-]*$' },
        additionalProperties: ref('inputValue'),
        $comment: `own keys: ${getKeys.join(', ')}`,
      },
    ],
  }
}

function earlierAgentStep(): JsonSchema {
  const properties: Properties = {
    name,
    output: described('What the step produces; diff by default.', {
      enum: ['diff', 'plan', 'review', 'artifact'],
    }),
    ...agentKeys,
    max_budget: described('The same as guard.max_budget.', ref('usd')),
    gate,
    ...branching,
    blast_radius: blastRadius,
    ...recovery('v3'),
  }
  const plan = having('output', { const: 'plan' })
  return object(properties, ['name'], {
    anyOf: [having('agent'), having('output')],
    allOf: onlyWith(branchingKeys, plan),
    ...needsParallel,
  })
}
