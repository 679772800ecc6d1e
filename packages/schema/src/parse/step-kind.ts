import type { Fields } from '../read/fields.js'
import type { YamlEntry } from '../yaml/tree.js'
import type { ParseContext } from './context.js'
import { keysOfKind, kindTitles, kindsOfKey, type StepKind } from './step-keys.js'

const agentMarks = ['agent', 'type', 'output', 'each']

/** True for a key that is enough to tell the kind of a step. */
export function tellsKind(key: string): boolean {
  return [...agentMarks, 'gate', 'steps', 'workflow', 'foreach'].includes(key)
}

/** The kind that the keys of a step tell; null when they tell none. */
export function inferKind(fields: Fields): StepKind | null {
  if (fields.has('workflow') && !fields.has('steps')) return 'workflow'
  if (fields.has('steps')) return 'group'
  if (agentMarks.some((key) => fields.has(key))) return 'agent'
  return fields.has('gate') ? 'gate' : null
}

/** A combination of keys that makes no sense. */
type ShapeRule = (cx: ParseContext, fields: Fields, kind: StepKind | null) => void

const agentAndSteps: ShapeRule = (cx, fields) => {
  const agent = fields.entry('agent')
  if (agent === undefined || !fields.has('steps')) return
  cx.problems.report('GUMP-W023', agent.at, 'a step with steps cannot have an agent', {
    expected: 'the agent inside the inner steps',
  })
}

const agentAndWorkflow: ShapeRule = (cx, fields) => {
  const workflow = fields.entry('workflow')
  if (workflow === undefined || !fields.has('agent')) return
  cx.problems.report('GUMP-W024', workflow.at, 'a step with an agent cannot be a workflow step', {
    expected: 'get: {workflow: NAME} to feed the prompt, or a step of its own',
  })
}

const workflowAndSteps: ShapeRule = (cx, fields) => {
  const workflow = fields.entry('workflow')
  if (workflow === undefined || !fields.has('steps')) return
  cx.problems.report('GUMP-W025', workflow.at, 'a step with steps cannot be a workflow step', {
    expected: 'two steps',
  })
}

const guardOutsideAgent: ShapeRule = (cx, fields, kind) => {
  const guard = fields.entry('guard')
  if (guard === undefined || kind === null || kind === 'agent') return
  cx.problems.report('GUMP-W026', guard.at, `a guard watches an agent; ${kindTitles[kind]} has none`, {
    expected: 'guard in an agent step',
  })
}

const withWithoutWorkflow: ShapeRule = (cx, fields) => {
  const given = fields.entry('with')
  if (given === undefined || fields.has('workflow')) return
  cx.problems.report('GUMP-W027', given.at, 'with needs a workflow that gets the values', {
    expected: 'workflow: NAME beside it',
  })
}

const foreignKeys: ShapeRule = (cx, fields, kind) => {
  // A step that is two things at once is reported as that; which of its keys are wrong is anybody's guess.
  if (kind === null || (kind !== 'agent' && fields.has('agent'))) return
  const forAgent: YamlEntry[] = []
  const reported = new Set(['agent', 'steps', 'workflow', 'with', 'guard', 'foreach'])
  for (const entry of fields.all()) {
    const kinds = kindsOfKey(entry.key)
    if (kinds.includes(kind) || reported.has(entry.key)) continue
    if (kind === 'gate' && kinds.length === 1 && kinds[0] === 'agent') {
      forAgent.push(entry)
      continue
    }
    cx.problems.report('GUMP-W030', entry.at, `${entry.key} does not belong in ${kindTitles[kind]}`, {
      expected: `${keysOfKind(cx.dialect, kind).join(', ')}; ${entry.key} belongs in ${kinds.map((other) => kindTitles[other]).join(' or ')}`,
    })
  }
  // Who writes a prompt has left out the agent; however many keys want one, that is one mistake.
  const [first] = forAgent
  if (first === undefined) return
  cx.problems.report('GUMP-W030', first.at, `${first.key} does not belong in ${kindTitles.gate}`, {
    expected: `agent or ${cx.dialect === 'v4' ? 'type' : 'output'} beside it, which make this an agent step`,
  })
}

const foreachNeedsBody: ShapeRule = (cx, fields) => {
  const foreach = fields.entry('foreach')
  if (foreach === undefined || fields.has('steps') || fields.has('workflow')) return
  cx.problems.report('GUMP-W075', foreach.at, 'foreach needs steps or a workflow to run for each task', {
    expected: 'steps: or workflow: beside it',
  })
}

/** A step whose keys tell no kind. */
export function reportNoKind(cx: ParseContext, fields: Fields): void {
  if (fields.has('foreach')) return
  const type = cx.dialect === 'v4' ? 'type' : 'output'
  cx.problems.report('GUMP-W022', fields.at, 'this step has nothing to do', {
    expected: `agent or ${type} (agent step), gate (gate step), steps (group) or workflow (workflow step)`,
  })
}

/** What is checked about the keys of every step, whatever their values. */
export const shapeRules: readonly ShapeRule[] = [
  agentAndSteps,
  agentAndWorkflow,
  workflowAndSteps,
  guardOutsideAgent,
  withWithoutWorkflow,
  foreignKeys,
  foreachNeedsBody,
]
