import type { Playbook, WorkflowOrigin, WorkflowSource } from '../playbook-contract.js'
import { workflowNotFound } from './not-found.js'
import { nameInLibrary } from './reference.js'

/** A workflow as data. */
export interface MemoryWorkflow {
  /** `tdd`, `validators/arch-review`. */
  readonly ref: string
  readonly text: string
  /** Texts of the prompt files it names, by the path as written. */
  readonly files?: Readonly<Record<string, string>>
}

/** Workflows that are not files, such as the built-in ones. */
export interface MemoryPlaybookOptions {
  readonly origin: WorkflowOrigin
  readonly workflows: readonly MemoryWorkflow[]
}

/**
 * A library of workflows given as data; in messages they are called `builtin:tdd.yaml` after their origin.
 *
 * @example
 * ```ts
 * const playbook = memoryPlaybook({ origin: 'builtin', workflows: [{ ref: 'tdd', text }] })
 * ```
 */
export function memoryPlaybook(options: MemoryPlaybookOptions): Playbook {
  const sources = new Map(
    options.workflows.map(({ ref, text, files }) => {
      const source: WorkflowSource = {
        ref,
        origin: options.origin,
        file: `${options.origin}:${ref}.yaml`,
        text,
        files: files ?? {},
      }
      return [ref, source] as const
    }),
  )
  const names = [...sources.keys()].toSorted()
  return {
    async resolve(ref, from) {
      const name = nameInLibrary(ref, options.origin, from)
      const source = name === null ? undefined : sources.get(name)
      if (source === undefined) throw workflowNotFound(ref, names)
      return source
    },
    async list() {
      return names.map((name) => sources.get(name)).filter((source) => source !== undefined)
    },
  }
}
