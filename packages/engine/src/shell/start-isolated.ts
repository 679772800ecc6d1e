import { readdirSync, rmSync } from 'node:fs'
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
  const remove = (): Promise<void> => removeView(place)
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
    await remove()
    throw error
  }
}

/** Mostly a handful of small files. What git has written to it, as many as there are, is removed in the background. */
async function removeView(place: string): Promise<void> {
  const objects = join(place, 'common', 'objects')
  const isSmall = holdsAtMost(objects, ['info', 'pack']) && holdsAtMost(join(objects, 'pack'), [])
  if (isSmall) rmSync(place, { recursive: true, force: true })
  else await rm(place, { recursive: true, force: true })
}

function holdsAtMost(folder: string, names: readonly string[]): boolean {
  try {
    return readdirSync(folder).every((name) => names.includes(name))
  } catch {
    return false
  }
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
