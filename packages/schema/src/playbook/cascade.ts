import type { Playbook, WorkflowSource } from '../playbook-contract.js'
import { isNotFound, workflowNotFound } from './not-found.js'
import { isPathRef } from './reference.js'

/**
 * Several libraries as one: the first that has a workflow wins and hides the others'.
 *
 * @example
 * ```ts
 * const playbook = cascade([
 *   pathWorkflow({ cwd, displayRoot: repo }),
 *   directoryPlaybook({ origin: 'project', dir: join(repo, '.gump/workflows'), displayRoot: repo }),
 *   memoryPlaybook({ origin: 'builtin', workflows }),
 * ])
 * ```
 */
export function cascade(playbooks: readonly Playbook[]): Playbook {
  const list = async (): Promise<readonly WorkflowSource[]> => {
    const found = new Map<string, WorkflowSource>()
    for (const playbook of playbooks) {
      for (const source of await playbook.list()) if (!found.has(source.ref)) found.set(source.ref, source)
    }
    return [...found.values()].toSorted((a, b) => (a.ref < b.ref ? -1 : 1))
  }
  return {
    list,
    async resolve(ref, from) {
      let missing: unknown
      for (const playbook of playbooks) {
        try {
          return await playbook.resolve(ref, from)
        } catch (error) {
          if (!isNotFound(error)) throw error
          missing ??= error
        }
      }
      // A missing file has no near names; the first library to answer for it says which file it looked for.
      if (isPathRef(ref) && missing !== undefined) throw missing
      const known = await list()
      throw workflowNotFound(
        ref,
        known.map((source) => source.ref),
      )
    },
  }
}
