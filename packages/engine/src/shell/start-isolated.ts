import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ContainedProcess, ProcessListeners, ProcessSpec, SandboxPolicy } from '@gump/process'
import type { Worktree } from '@gump/workspace'
import type { RunContext } from './run-context.js'

/** What {@link startIsolated} needs beside the program. */
export interface Isolation {
  /** Where the program works; null: in no worktree. */
  readonly worktree: Worktree | null
  /** The same state of the repository as for the program before is good enough. */
  readonly again?: boolean
}

/**
 * Starts a program whose git works on a view of the repository: the user's `.git` is read-only for it, and what its git
 * writes is thrown away with it. Snapshots are made from the files. Where nothing can be mounted, the sandbox leaves
 * open what git writes to, or there is none.
 */
export async function startIsolated(
  context: RunContext,
  { worktree, again = false }: Isolation,
  spec: ProcessSpec,
  listeners?: ProcessListeners,
): Promise<ContainedProcess> {
  const { processes } = context.ambient
  const { sandbox } = spec
  if (sandbox === undefined || worktree === null) return processes.start(spec, listeners)
  if (!context.showsGitViews) {
    return processes.start({ ...spec, sandbox: withGitFolders(context, sandbox, worktree) }, listeners)
  }
  const place = join(viewsFolder(context), `${(views += 1)}`)
  const remove = (): void => removeView(viewsFolder(context), place)
  try {
    const view = await worktree.gitView({ place, again })
    const child = await processes.start(
      {
        ...spec,
        sandbox: {
          ...sandbox,
          writable: [...sandbox.writable, ...view.writable],
          binds: [...(sandbox.binds ?? []), ...view.binds],
          shown: [...(sandbox.shown ?? []), ...view.reads],
        },
      },
      listeners,
    )
    const exit = child.exit.finally(remove)
    // A caller that only kills need not look at `exit`.
    exit.catch(() => {})
    return { ...child, exit }
  } catch (error) {
    remove()
    throw error
  }
}

/** Views that are being removed, by the folder that they are in. */
const going = new Map<string, Set<Promise<void>>>()

/**
 * Nobody waits for a view to go: on a busy disk, removing its two dozen files takes longer than a gate. One that cannot be
 * removed goes when the run is taken up, or with the run.
 */
function removeView(folder: string, place: string): void {
  const others = going.get(folder) ?? new Set()
  going.set(folder, others)
  const gone = rm(place, { recursive: true, force: true })
    .catch(() => {})
    .finally(() => others.delete(gone))
  others.add(gone)
}

/** Waits until the views of a run that were in use are removed. */
export async function settleViews(context: Pick<RunContext, 'dir'>): Promise<void> {
  const folder = viewsFolder(context)
  await Promise.all(going.get(folder) ?? [])
  going.delete(folder)
}

let views = 0

/** Where the views of a run are; what is there when a run is taken up was left by a process that was killed. */
export function viewsFolder({ dir }: Pick<RunContext, 'dir'>): string {
  return join(dir, 'git')
}

/** What git writes to when it works in a worktree: the objects, and the worktree's own index and HEAD. */
function withGitFolders(
  context: Pick<RunContext, 'commonDir'>,
  sandbox: SandboxPolicy,
  { dir, gitDir }: Worktree,
): SandboxPolicy {
  const objects = join(context.commonDir, 'objects')
  const pointers = ['commondir', 'gitdir', 'config.worktree'].map((name) => join(gitDir, name))
  return {
    ...sandbox,
    writable: [...sandbox.writable, gitDir, objects],
    readOnly: [...sandbox.readOnly, ...pointers, join(objects, 'info'), join(dir, '.git')],
  }
}
