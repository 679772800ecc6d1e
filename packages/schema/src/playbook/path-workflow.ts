import { realpath } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { GumpError } from '@gump/errors'
import { workflowRefProblem } from '../parse/workflow-name.js'
import type { Playbook, WorkflowSource } from '../playbook-contract.js'
import { displayPath } from './directory-playbook.js'
import { workflowNotFound } from './not-found.js'
import { loadPromptFiles } from './prompt-files.js'
import { readContained } from './read-contained.js'
import { isPathRef } from './reference.js'

/** How paths of workflow files are understood. */
export interface PathWorkflowOptions {
  /** Paths that a person gives are relative to this folder. */
  readonly cwd: string
  /** Files below this folder are shown relative to it. */
  readonly displayRoot: string
}

/**
 * Workflow files by their path: any reference that ends in `.yaml` or `.yml`. A person may name any file; a workflow
 * may only name files beside or below itself.
 */
export function pathWorkflow(options: PathWorkflowOptions): Playbook {
  return {
    async resolve(ref, from) {
      if (!isPathRef(ref) || (from !== undefined && from.origin !== 'path')) throw workflowNotFound(ref, [])
      return from === undefined ? load(options, ref, null) : load(options, checked(ref, from), from)
    },
    async list() {
      return []
    },
  }
}

function checked(ref: string, from: WorkflowSource): string {
  const problem = workflowRefProblem(ref)
  if (problem === null) return join(dirname(from.ref), ref)
  throw new GumpError('GUMP-W038', `the workflow "${ref.slice(0, 100)}" ${problem}`, { data: { ref } })
}

async function load(
  options: PathWorkflowOptions,
  ref: string,
  from: WorkflowSource | null,
): Promise<WorkflowSource> {
  const path = resolve(options.cwd, ref)
  const boundary =
    from === null ? await rootAround(options, path) : await realFolder(resolve(options.cwd, from.ref))
  const read = await readContained(boundary, path)
  if ('problem' in read) {
    if (read.kind === 'missing') {
      const shown = displayPath(options.displayRoot, path)
      throw new GumpError('GUMP-W060', `there is no workflow file ${shown}`, {
        data: { ref, near: [] },
        remedy: 'check the path; gump playbook list shows the workflows that have names',
      })
    }
    const code = read.kind === 'escape' ? 'GUMP-W053' : 'GUMP-W064'
    throw new GumpError(code, `the workflow file ${ref} ${read.problem}`, { data: { ref } })
  }
  const prompts = await loadPromptFiles(read.text, dirname(path), null)
  return { ref, origin: 'path', file: displayPath(options.displayRoot, path), text: read.text, ...prompts }
}

async function realFolder(path: string): Promise<string | null> {
  return realpath(dirname(path)).catch(() => dirname(path))
}

/** A file in the repository must be one of the repository: its links come from the repository's author. */
async function rootAround({ displayRoot }: PathWorkflowOptions, path: string): Promise<string | null> {
  return displayPath(displayRoot, path) === path ? null : realpath(displayRoot).catch(() => displayRoot)
}
