import type { GateArgument, TemplateText } from '../ir.js'
import type { Span, YamlNode } from '../yaml/tree.js'
import { describe } from '../read/describe.js'
import { checkNumber, percentage } from '../read/scalars.js'
import { readTemplate } from '../read/template.js'
import type { ParseContext } from './context.js'
import type { GateArgumentKind, GateName } from './vocabulary.js'

const shapes: Readonly<Record<GateArgumentKind, string>> = {
  none: '',
  command: 'COMMAND',
  globs: 'GLOB, or a list of globs',
  percentage: 'a number from 0 to 100',
}

/** The value after a gate's name: undefined when the gate takes none, null after reporting a problem. */
export function readGateArgument(
  cx: ParseContext,
  { name: gate, argument: kind }: GateName,
  at: Span,
  node: YamlNode | undefined,
): GateArgument | null | undefined {
  const absent = node === undefined || (node.kind === 'scalar' && node.value === null)
  if (kind === 'none') {
    if (absent || isOldSchema(cx, gate, node)) return undefined
    cx.problems.report('GUMP-W033', node, `the gate ${gate} takes no value`, {
      expected: gate,
      suggestion:
        node.kind === 'scalar' && typeof node.value === 'string' ? `bash: ${node.value}` : undefined,
    })
    return null
  }
  if (absent) {
    cx.problems.report('GUMP-W033', at, `the gate ${gate} needs a value`, {
      expected: `${gate}: ${shapes[kind]}`,
    })
    return null
  }
  if (kind === 'command') return readTemplate(cx, node, gate, 'a shell command')
  return kind === 'globs' ? readGlobs(cx, gate, node) : readPercentage(cx, gate, node)
}

/** `schema: plan` repeated what the output of the step says. */
function isOldSchema(cx: ParseContext, gate: string, node: YamlNode): boolean {
  if (gate !== 'schema' || node.kind !== 'scalar') return false
  if (typeof node.value !== 'string' || !outputs.has(node.value)) return false
  const message = `schema takes no value: it checks what the step gives, so "${node.value}" is ignored`
  cx.problems.report('GUMP-W079', node, message, { severity: 'note', suggestion: 'schema' })
  return true
}

const outputs: ReadonlySet<string> = new Set(['plan', 'review', 'split', 'validate'])

function readGlobs(cx: ParseContext, gate: string, node: YamlNode): GateArgument | null {
  if (node.kind !== 'seq') return readTemplate(cx, node, gate, 'a glob such as src/**, or a list of globs')
  if (node.items.length === 0) {
    cx.problems.report('GUMP-W016', node, `${gate} is empty`, {
      expected: 'at least one glob such as src/**',
    })
    return null
  }
  const globs: TemplateText[] = []
  for (const item of node.items) {
    const glob = readTemplate(cx, item, gate, 'a glob such as src/**')
    if (glob !== null) globs.push(glob)
  }
  return globs.length === node.items.length ? globs : null
}

function readPercentage(cx: ParseContext, gate: string, node: YamlNode): GateArgument | null {
  if (node.kind === 'scalar' && typeof node.value === 'number') {
    return checkNumber(cx, node, { value: node.value, what: gate, range: percentage })
  }
  const text = node.kind === 'scalar' && typeof node.value === 'string' ? node.value.trim() : null
  if (text !== null && /^\d+(?:\.\d+)?$/.test(text))
    return checkNumber(cx, node, { value: Number(text), what: gate, range: percentage })
  if (text === null || text.includes('{')) {
    if (node.kind !== 'seq') {
      const template = readTemplate(cx, node, gate, percentage.expected)
      return template
    }
  }
  cx.problems.report('GUMP-W012', node, `${gate} cannot be ${text === null ? describe(node) : `"${text}"`}`, {
    expected: percentage.expected,
    suggestion: text !== null && /^\d+(?:\.\d+)?\s*%$/.test(text) ? text.replace(/\s*%$/, '') : undefined,
  })
  return null
}
