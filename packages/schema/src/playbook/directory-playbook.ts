import { readdir, realpath } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import { GumpError, isGumpError, isSystemError, toGumpError } from '@gump/errors'
import { workflowNamePattern } from '../parse/workflow-name.js'
import type { Playbook, WorkflowOrigin, WorkflowSource } from '../playbook-contract.js'
import { workflowNotFound } from './not-found.js'
import { loadPromptFiles } from './prompt-files.js'
import { readContained } from './read-contained.js'
import { nameInLibrary } from './reference.js'

/** Where a library of workflow files lives. */
export interface DirectoryPlaybookOptions {
  readonly origin: WorkflowOrigin
  /** The folder; it may be missing, and then holds nothing. One of the origin `project` has to be below `displayRoot`. */
  readonly dir: string
  /** The namespace of all of its workflows: with `validators`, `arch-review.yaml` is `validators/arch-review`. */
  readonly namespace?: string
  /** Files below this folder are shown relative to it, others absolute. */
  readonly displayRoot: string
}

const maxWorkflows = 10_000
const maxDepth = 16

/**
 * The workflows below a folder: `review/style` is `review/style.yaml` (or `.yml`). Nothing outside the folder is read,
 * through `..` or through links.
 */
export function directoryPlaybook(options: DirectoryPlaybookOptions): Playbook {
  return {
    async resolve(ref, from) {
      const name = ownName(options, nameInLibrary(ref, options.origin, from))
      const root = await realRoot(options)
      const source = name === null || root === null ? null : await load(options, root, name)
      if (source !== null) return source
      throw workflowNotFound(ref, root === null ? [] : (await names(root)).map((own) => refOf(options, own)))
    },
    async list() {
      const root = await realRoot(options)
      if (root === null) return []
      const sources: WorkflowSource[] = []
      for (const name of await names(root)) {
        const source = await load(options, root, name).catch((error: unknown) =>
          unreadable(options, name, error),
        )
        if (source !== null) sources.push(source)
      }
      return sources
    },
  }
}

/** The name of a file in the folder for the name of a workflow; null for one of another namespace. */
function ownName({ namespace }: DirectoryPlaybookOptions, name: string | null): string | null {
  if (namespace === undefined || name === null) return name
  return name.startsWith(`${namespace}/`) ? name.slice(namespace.length + 1) : null
}

function refOf({ namespace }: DirectoryPlaybookOptions, name: string): string {
  return namespace === undefined ? name : `${namespace}/${name}`
}

async function load(
  options: DirectoryPlaybookOptions,
  root: string,
  name: string,
): Promise<WorkflowSource | null> {
  for (const extension of ['.yaml', '.yml']) {
    const path = join(root, name + extension)
    const read = await readContained(root, path)
    if ('text' in read) {
      const prompts = await loadPromptFiles(read.text, dirname(path), root)
      return {
        ref: refOf(options, name),
        origin: options.origin,
        file: displayPath(options.displayRoot, join(options.dir, name + extension)),
        text: read.text,
        ...prompts,
      }
    }
    if (read.kind === 'missing') continue
    const code = read.kind === 'escape' ? 'GUMP-W053' : 'GUMP-W064'
    const file = displayPath(options.displayRoot, join(options.dir, name + extension))
    throw new GumpError(code, `the workflow file ${file} ${read.problem}`, {
      data: { ref: refOf(options, name), file },
    })
  }
  return null
}

/** A file that cannot be read still hides those of later libraries, so a list has to name it. */
function unreadable(options: DirectoryPlaybookOptions, name: string, error: unknown): WorkflowSource {
  if (!isGumpError(error)) throw error
  const file = error.data['file']
  const { origin, displayRoot, dir } = options
  const shown = typeof file === 'string' ? file : displayPath(displayRoot, join(dir, name))
  return { ref: refOf(options, name), origin, file: shown, text: '', files: {}, broken: true }
}

/** How a path is shown: relative to the root when it is below it. */
export function displayPath(root: string, path: string): string {
  const shown = relative(root, path)
  return shown === '' || shown.startsWith('..') || isAbsolute(shown) ? path : shown
}

/**
 * The folder itself; null where there is none. A user may link theirs to anywhere; that of a repository comes from its
 * author, and stays inside.
 */
async function realRoot({ origin, dir, displayRoot }: DirectoryPlaybookOptions): Promise<string | null> {
  const real = await realpath(dir).catch((error: unknown) => {
    if (isSystemError(error) && error.code === 'ENOENT') return null
    throw toGumpError(error, { doing: 'looking for workflows', path: dir })
  })
  if (real === null || origin !== 'project') return real
  const inside = relative(await realpath(displayRoot), real)
  if (inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside)) return real
  throw new GumpError('GUMP-W064', `${relative(displayRoot, dir)} is a link that leaves the repository`, {
    data: { path: dir },
    remedy: 'make it a folder of the repository, or name a workflow by its path',
  })
}

/** Names of the workflow files below a folder, sorted. Folders behind links are not entered, so there are no circles. */
async function names(root: string): Promise<readonly string[]> {
  const found = new Set<string>()
  const pending: { readonly dir: string; readonly prefix: string; readonly depth: number }[] = [
    { dir: root, prefix: '', depth: 0 },
  ]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const entries = await readdir(next.dir, { withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      const name = next.prefix + entry.name
      if (entry.isDirectory() && next.depth < maxDepth && workflowNamePattern.test(name)) {
        pending.push({ dir: join(next.dir, entry.name), prefix: `${name}/`, depth: next.depth + 1 })
      }
      const ref = name.replace(/\.ya?ml$/, '')
      if (ref === name || entry.isDirectory() || !workflowNamePattern.test(ref)) continue
      if (found.size < maxWorkflows) found.add(ref)
    }
  }
  return [...found].toSorted()
}
