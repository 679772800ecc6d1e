import { posix } from 'node:path'
import { GumpError } from '@gump/errors'
import { workflowRefProblem } from '../parse/workflow-name.js'
import type { WorkflowOrigin, WorkflowSource } from '../playbook-contract.js'

const extension = /\.ya?ml$/

/** True for the path of a file rather than a name in a playbook. */
export function isPathRef(ref: string): boolean {
  return extension.test(ref)
}

/**
 * The name that a reference means in a library of one origin, or null when the library is not asked: the path of a
 * file belongs to the library that holds the file which refers to it, and is relative to that file.
 *
 * @throws GumpError GUMP-W038 for a reference that is neither a name nor a path below the root
 */
export function nameInLibrary(
  ref: string,
  origin: WorkflowOrigin,
  from: WorkflowSource | undefined,
): string | null {
  if (isPathRef(ref) && from?.origin !== origin) return null
  const problem = workflowRefProblem(ref)
  if (problem !== null) {
    throw new GumpError('GUMP-W038', `the workflow "${ref.slice(0, 100)}" ${problem}`, { data: { ref } })
  }
  if (!isPathRef(ref)) return ref
  return posix.join(posix.dirname(from?.ref ?? '.'), ref.replace(extension, ''))
}
