import type { Prompt } from '../ir.js'
import type { YamlNode } from '../yaml/tree.js'
import { quote } from '../read/describe.js'
import { readFields } from '../read/fields.js'
import { readString } from '../read/scalars.js'
import { readTemplate, toTemplate } from '../read/template.js'
import type { ParseContext } from './context.js'
import { checkPath } from './paths.js'

const expected = 'text, or {file: path} of a file beside the workflow'

/** `prompt`: text, or a file beside the workflow whose text is already loaded. */
export function readPrompt(cx: ParseContext, node: YamlNode): Prompt | null {
  if (node.kind !== 'map' || !node.entries.some((entry) => entry.key === 'file')) {
    const template = readTemplate(cx, node, 'prompt', expected)
    return template === null ? null : { kind: 'inline', template }
  }
  const fields = readFields(cx, node, { what: 'a prompt', keys: ['file'] })
  const file = fields?.node('file')
  if (file === undefined) return null
  const path = readString(cx, file, 'file', 'the path of a file beside the workflow')
  if (path === null || !checkPath(cx, file, path, 'the prompt file')) return null
  const text = Object.hasOwn(cx.files, path) ? cx.files[path] : undefined
  if (text === undefined) {
    const why = (Object.hasOwn(cx.unreadable, path) ? cx.unreadable[path] : undefined) ?? 'does not exist'
    cx.problems.report('GUMP-W052', file, `the prompt file ${quote(path)} ${why}`, {
      expected: 'a readable file beside the workflow file',
    })
    return null
  }
  return { kind: 'file', path, template: toTemplate(cx, text, file), range: cx.source.range(file) }
}
