import type { ContextSource } from '../ir.js'
import type { YamlNode, YamlScalar } from '../yaml/tree.js'
import { quote } from '../read/describe.js'
import { readFields } from '../read/fields.js'
import { wrongKind } from '../read/scalars.js'
import { readTemplate } from '../read/template.js'
import type { ParseContext } from './context.js'
import { checkPath } from './paths.js'
import { splitShorthand } from './shorthand.js'

const expected = 'a list of file: PATH and bash: COMMAND'

/** `context`: files (globs allowed) and commands whose output goes before the prompt. */
export function readContext(cx: ParseContext, node: YamlNode): readonly ContextSource[] {
  if (node.kind !== 'seq') {
    wrongKind(cx, node, 'context', expected)
    return []
  }
  return node.items.map((item) => readSource(cx, item)).filter((source) => source !== null)
}

function readSource(cx: ParseContext, node: YamlNode): ContextSource | null {
  if (node.kind === 'scalar' && typeof node.value === 'string') return readText(cx, node, node.value)
  if (node.kind !== 'map') return wrongKind(cx, node, 'a context source', 'file: PATH or bash: COMMAND')
  const fields = readFields(cx, node, { what: 'a context source', keys: ['file', 'bash'] })
  const file = fields?.entry('file')
  const bash = fields?.entry('bash')
  if (file !== undefined && bash !== undefined) {
    const expected = 'two entries in the list'
    cx.problems.report('GUMP-W012', bash.at, 'a context source is one of file and bash', { expected })
    return null
  }
  if (file !== undefined) return readOne(cx, 'file', file.value)
  if (bash !== undefined) return readOne(cx, 'bash', bash.value)
  if (node.entries.length === 0)
    cx.problems.report('GUMP-W011', node, 'an empty context source', { expected })
  return null
}

function readText(cx: ParseContext, node: YamlScalar, text: string): ContextSource | null {
  const split = splitShorthand(node, text)
  if (split !== null && (split.word === 'file' || split.word === 'bash'))
    return readOne(cx, split.word, split.rest)
  cx.problems.report('GUMP-W012', node, `${quote(text)} is neither a file nor a command`, {
    expected: 'file: PATH or bash: COMMAND',
    suggestion: `file: ${text}`,
  })
  return null
}

function readOne(cx: ParseContext, kind: 'file' | 'bash', node: YamlNode): ContextSource | null {
  if (kind === 'bash') {
    const command = readTemplate(cx, node, 'bash', 'a shell command')
    return command === null ? null : { kind, command }
  }
  const path = readTemplate(cx, node, 'file', 'a path or glob in the repository')
  return path !== null && checkPath(cx, node, path.text, 'the context file') ? { kind, path } : null
}
