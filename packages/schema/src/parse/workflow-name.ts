import type { ParseContext } from './context.js'
import type { YamlNode } from '../yaml/tree.js'
import { quote } from '../read/describe.js'
import { readString } from '../read/scalars.js'
import { pathProblem } from './paths.js'

/** Grammar of a workflow's name; `/` separates name spaces. */
export const workflowNamePattern: RegExp = /^[A-Za-z0-9][A-Za-z0-9._-]*(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/

const maxLength = 256

/** The name of a workflow. */
export function readWorkflowName(cx: ParseContext, node: YamlNode): string | null {
  const name = readString(cx, node, 'name', 'a workflow name such as tdd or validators/arch-review')
  if (name === null) return null
  if (name.length <= maxLength && workflowNamePattern.test(name)) return name
  cx.problems.report('GUMP-W018', node, `${quote(name)} is not a workflow name`, {
    expected: 'letters, digits, ".", "_" and "-", starting with a letter or digit; "/" separates name spaces',
    suggestion: suggestName(name),
  })
  return null
}

/** A reference to a workflow: a name in the playbook, or the path of a `.yaml` or `.yml` file. */
export function readWorkflowRef(cx: ParseContext, node: YamlNode): string | null {
  const ref = readString(cx, node, 'workflow', 'the name of a workflow, or the path of a .yaml file')
  if (ref === null) return null
  const problem = workflowRefProblem(ref)
  if (problem === null) return ref
  cx.problems.report('GUMP-W038', node, `the workflow ${quote(ref)} ${problem}`, {
    expected: 'a name such as validators/arch-review, or a relative path of a .yaml file without ..',
  })
  return null
}

/** Why a reference inside a workflow is not legal, or null when it is. */
export function workflowRefProblem(ref: string): string | null {
  if (ref.length > maxLength) return `is longer than ${maxLength} characters`
  if (/\.ya?ml$/.test(ref)) return pathProblem(ref)
  return workflowNamePattern.test(ref) ? null : (pathProblem(ref) ?? 'is not a workflow name')
}

function suggestName(name: string): string | undefined {
  if (name.length > maxLength) return undefined
  const cleaned = name
    .trim()
    .replace(/[^A-Za-z0-9._/-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|-+$/g, '')
  return workflowNamePattern.test(cleaned) && cleaned.length <= maxLength ? cleaned : undefined
}
