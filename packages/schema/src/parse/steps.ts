import type { GateSpec, GateStep, GroupStep, RetryPolicy, Step, WorkflowStep } from '../ir.js'
import { workflowLimits } from '../limits.js'
import type { YamlEntry, YamlMap, YamlNode } from '../yaml/tree.js'
import { Fields, reportUnknownKey } from '../read/fields.js'
import { wrongKind } from '../read/scalars.js'
import { readAgentStep } from './agent-step.js'
import type { ParseContext } from './context.js'
import { reportFirstKey } from './first-keys.js'
import { readForeach } from './foreach.js'
import { readGates } from './gates.js'
import { readHitl } from './hitl.js'
import { readBranching } from './parallel.js'
import { flatten } from './step-blocks.js'
import type { StepBody, StepHead } from './step-parts.js'
import { dialectOfKey, keysOfKind, kindTitles, stepKeys, type StepKind } from './step-keys.js'
import { inferKind, reportNoKind, shapeRules, tellsKind } from './step-kind.js'
import { readStepName } from './step-name.js'
import { readStepRetry } from './step-retry.js'
import { readCall } from './workflow-call.js'

/** A list of steps; those that cannot be read are reported and left out. */
export function readSteps(cx: ParseContext, node: YamlNode, key = 'steps'): readonly Step[] {
  if (node.kind !== 'seq') {
    wrongKind(cx, node, key, 'a list of steps')
    return []
  }
  if (node.items.length === 0) {
    cx.problems.report('GUMP-W016', node, `${key} is empty`, { expected: 'at least one step' })
    return []
  }
  const steps: Step[] = []
  for (const item of node.items) {
    cx.steps += 1
    if (cx.steps > workflowLimits.steps) {
      if (cx.steps === workflowLimits.steps + 1) {
        cx.problems.report('GUMP-W004', item, `more than ${workflowLimits.steps} steps`)
      }
      break
    }
    const step = readStep(cx, item)
    if (step !== null) steps.push(step)
  }
  return steps
}

function readStep(cx: ParseContext, node: YamlNode): Step | null {
  if (node.kind !== 'map')
    return wrongKind(cx, node, 'a step', 'a mapping with name and agent, gate, steps or workflow')
  const known = stepKeys(cx.dialect)
  const own = new Fields(
    node.entries.filter((entry) => known.includes(entry.key)),
    node.entries[0]?.at ?? node,
  )
  const { fields, getCall } = flatten(cx, own)
  const kind = inferKind(fields) ?? (getCall === null ? null : 'agent')
  const misspelt = reportUnknownKeys(cx, node, kind)
  const head = readHead(cx, own)
  for (const rule of shapeRules) rule(cx, fields, kind)
  if (kind === null && !misspelt.some(tellsKind)) reportNoKind(cx, fields)
  if (head !== null && kind !== null) return readKind(cx, kind, head, { fields, getCall })
  if (head !== null) cx.broken.add(head.name)
  // Read anyway, so that every problem inside it is reported now.
  readKind(cx, kind ?? 'agent', head ?? { name: '', range: cx.source.range(own.at) }, { fields, getCall })
  return null
}

/** Reports keys that no step has; gives back the known keys that they seem to stand for. */
function reportUnknownKeys(cx: ParseContext, node: YamlMap, kind: StepKind | null): readonly string[] {
  const meant: string[] = []
  const known = stepKeys(cx.dialect)
  const keys = kind === null ? known : keysOfKind(cx.dialect, kind)
  for (const entry of node.entries) {
    const now = reportFirstKey(cx, entry)
    if (now !== undefined) {
      meant.push(now)
      continue
    }
    // Keys of the other dialect are reported once per file.
    if (known.includes(entry.key) || dialectOfKey(entry.key) !== null) continue
    const near = reportUnknownKey(
      cx,
      entry,
      { what: kind === null ? 'a step' : kindTitles[kind], keys },
      guardHint(cx, entry),
    )
    if (near !== undefined) meant.push(near)
  }
  return meant
}

/** `max_turns: 40` directly in a step is a guard in the wrong place. */
function guardHint(cx: ParseContext, entry: YamlEntry): string | undefined {
  if (!cx.vocabulary.guards.some((guard) => guard.name === entry.key)) return undefined
  const value = cx.source.slice(entry.value)
  return /^[\w.-]{1,40}$/.test(value) ? `guard: {${entry.key}: ${value}}` : `guard: {${entry.key}: ...}`
}

function readHead(cx: ParseContext, fields: Fields): StepHead | null {
  const node = fields.node('name')
  if (node === undefined) {
    cx.problems.report('GUMP-W011', fields.at, 'a step without a name', { expected: 'name: WORD' })
    return null
  }
  const name = readStepName(cx, node)
  if (node.kind === 'scalar' && typeof node.value === 'string') cx.met.add(node.value)
  return name === null ? null : { name, range: cx.source.range(node) }
}

function readKind(
  cx: ParseContext,
  kind: StepKind,
  head: StepHead,
  { fields, getCall }: StepBody,
): Step | null {
  switch (kind) {
    case 'agent':
      return readAgentStep(cx, head, { fields, getCall }, readSteps)
    case 'gate':
      return readGateStep(cx, head, fields)
    case 'group':
      return readGroupStep(cx, head, fields)
    case 'workflow':
      return readWorkflowStep(cx, head, fields)
  }
}

function readGateStep(cx: ParseContext, head: StepHead, fields: Fields): GateStep {
  const node = fields.node('hitl')
  const hitl = node && readHitl(cx, node)
  return { kind: 'gate', ...head, ...readChecks(cx, fields), ...(hitl ? { hitl } : {}) }
}

function readGroupStep(cx: ParseContext, head: StepHead, fields: Fields): GroupStep {
  const node = fields.node('steps')
  return {
    kind: 'group',
    ...head,
    steps: node === undefined ? [] : readSteps(cx, node),
    ...readForeach(cx, fields),
    ...readBranching(cx, fields),
    ...readChecks(cx, fields),
  }
}

function readWorkflowStep(cx: ParseContext, head: StepHead, fields: Fields): WorkflowStep | null {
  const ref = fields.node('workflow')
  const call = ref && readCall(cx, ref, fields.node('with'))
  const rest = { ...readForeach(cx, fields), ...readBranching(cx, fields), ...readChecks(cx, fields) }
  const parallel = fields.entry('parallel')
  if (rest.parallel !== undefined && parallel !== undefined && rest.foreach === undefined) {
    cx.problems.report('GUMP-W039', parallel.at, 'parallel has no effect on one call of a workflow', {
      severity: 'warning',
    })
  }
  if (call) return { kind: 'workflow', ...head, call, ...rest }
  cx.broken.add(head.name)
  return null
}

function readChecks(
  cx: ParseContext,
  fields: Fields,
): { readonly gates: readonly GateSpec[]; readonly retry?: RetryPolicy } {
  const node = fields.node('gate')
  const retry = readStepRetry(cx, fields)
  return { gates: node === undefined ? [] : readGates(cx, node), ...(retry === null ? {} : { retry }) }
}
