import type { Limits, Workflow } from '../ir.js'
import type { YamlNode } from '../yaml/tree.js'
import { readDuration } from '../read/duration.js'
import { readFields, type Fields } from '../read/fields.js'
import { positive, positiveInteger, readNumber, readString } from '../read/scalars.js'
import type { ParseContext } from './context.js'
import { reportFirstReview } from './first-keys.js'
import { readSteps } from './steps.js'
import { readWorkflowName } from './workflow-name.js'

const keys = ['name', 'description', 'max_budget', 'max_tokens', 'max_timeout', 'steps']

/** Reads the root of a file; parts that cannot be read are reported and left at their defaults. */
export function readWorkflow(cx: ParseContext, root: YamlNode): Workflow {
  const fields = readFields(cx, root, {
    what: 'a workflow',
    keys,
    ignore: (key) => key.startsWith('x-') || key === 'inputs' || key === 'review',
  })
  if (root.kind === 'map') reportFirstReview(cx, root)
  if (root.kind === 'map') noteInputs(cx, root.entries.find((entry) => entry.key === 'inputs')?.at)
  const name = required(cx, root, fields, { key: 'name', expected: 'a workflow name such as tdd' })
  const description = fields?.node('description')
  const steps = required(cx, root, fields, { key: 'steps', expected: 'a list of steps' })
  const text = description && readString(cx, description, 'description')
  return {
    name: (name && readWorkflowName(cx, name)) ?? '',
    ...(text ? { description: text } : {}),
    dialect: cx.dialect,
    file: cx.source.file,
    limits: readLimits(cx, fields),
    steps: steps === undefined ? [] : readSteps(cx, steps),
  }
}

function required(
  cx: ParseContext,
  root: YamlNode,
  fields: Fields | null,
  { key, expected }: { readonly key: string; readonly expected: string },
): YamlNode | undefined {
  const node = fields?.node(key)
  if (fields === null || node !== undefined) return node
  const at = root.kind === 'map' ? (root.entries[0]?.at ?? root) : root
  cx.problems.report('GUMP-W011', at, `a workflow needs ${key}`, { expected: `${key}: ${expected}` })
  return undefined
}

function readLimits(cx: ParseContext, fields: Fields | null): Limits {
  const budget = fields?.node('max_budget')
  const tokens = fields?.node('max_tokens')
  const timeout = fields?.node('max_timeout')
  const maxBudgetUsd = budget && readNumber(cx, budget, 'max_budget', positive)
  const maxTokens = tokens && readNumber(cx, tokens, 'max_tokens', positiveInteger)
  const maxTimeoutMs = timeout && readDuration(cx, timeout, 'max_timeout')
  return {
    ...(maxBudgetUsd ? { maxBudgetUsd } : {}),
    ...(maxTokens ? { maxTokens } : {}),
    ...(maxTimeoutMs ? { maxTimeoutMs } : {}),
  }
}

function noteInputs(
  cx: ParseContext,
  at: { readonly start: number; readonly end: number } | undefined,
): void {
  if (at === undefined || cx.dialect !== 'v3') return
  cx.problems.report('GUMP-W071', at, 'inputs are ignored: every variable that no step provides is one', {
    severity: 'note',
  })
}
