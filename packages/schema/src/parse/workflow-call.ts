import type { TemplateText, WorkflowCall } from '../ir.js'
import type { YamlEntry, YamlNode } from '../yaml/tree.js'
import { quote } from '../read/describe.js'
import { wrongKind } from '../read/scalars.js'
import { readInput } from '../read/template.js'
import type { ParseContext } from './context.js'
import { readWorkflowRef } from './workflow-name.js'

const inputName = /^(?=[0-9_-]*[A-Za-z])[A-Za-z0-9_][A-Za-z0-9_-]*$/

/** A call: the reference, the values under `with:`, and values that stand beside it. */
export function readCall(
  cx: ParseContext,
  ref: YamlNode,
  given: YamlNode | undefined,
  beside: readonly YamlEntry[] = [],
): WorkflowCall | null {
  const workflow = readWorkflowRef(cx, ref)
  const values = new Map<string, TemplateText>()
  for (const entry of [...withEntries(cx, given), ...beside]) readValue(cx, entry, values)
  if (workflow === null) return null
  return { workflow, with: Object.fromEntries(values), range: cx.source.range(ref) }
}

function withEntries(cx: ParseContext, node: YamlNode | undefined): readonly YamlEntry[] {
  if (node === undefined || (node.kind === 'scalar' && node.value === null)) return []
  if (node.kind === 'map') return node.entries
  wrongKind(cx, node, 'with', 'a mapping of inputs and their values')
  return []
}

function readValue(cx: ParseContext, entry: YamlEntry, values: Map<string, TemplateText>): void {
  if (!inputName.test(entry.key) || entry.key === '__proto__') {
    cx.problems.report('GUMP-W037', entry.at, `${quote(entry.key)} is not a name for an input`, {
      expected: 'letters, digits, "_" and "-", with at least one letter',
    })
    return
  }
  if (values.has(entry.key)) {
    cx.problems.report('GUMP-W008', entry.at, `the input ${quote(entry.key)} is given twice`)
    return
  }
  const value = readInput(cx, entry.value, `the input ${quote(entry.key)}`)
  if (value !== null) values.set(entry.key, value)
}
