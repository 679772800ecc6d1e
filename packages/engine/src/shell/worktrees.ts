import { lstatSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { NewEvent } from '@gump/ledger'
import type { RunnableFilters, WorkspaceProvider, Worktree } from '@gump/workspace'
import { runWorkspace } from '@gump/core'
import type { RunState } from '@gump/history'
import { folderOfRun, worktreeName } from './worktree-folder.js'
import { writePointer } from './worktree-pointer.js'

/** The worktrees of one run by the names the core gives them. */
export interface Worktrees {
  /** The folder that new ones are made in; it exists. */
  folder(): Promise<string>
  /** Folders in which other worktrees are, of this run and of others. */
  readonly folders: readonly string[]
  branchOf(workspace: string): string
  /** Creates the worktree at `commit`, or moves a reused one there. */
  create(workspace: string, slot: number | null, commit: string): Promise<Worktree>
  /** The worktree of a workspace that is ready; files are left as they are. */
  open(workspace: string): Promise<Worktree>
  /** The worktree of a workspace had to be made again, and nothing has been brought into it since. */
  isMadeAgain(workspace: string): boolean
  /** It holds what it should from now on. */
  settle(workspace: string): void
  /** What people should hear of what was found, once. */
  takeNotes(): readonly NewEvent[]
}

export interface WorktreesOptions {
  readonly runId: string
  readonly repoRoot: string
  readonly provider: WorkspaceProvider
  readonly state: () => RunState
  /** What reads and writes the content of files with a `filter` attribute. */
  readonly filters: RunnableFilters
  /** Check submodules out. */
  readonly submodules: boolean
  /** Makes the folder that a new run would have. */
  readonly makeFolder: () => Promise<string>
}

/** Characters of a workspace name that a branch may carry as they are; a path is flattened. */
function branchSegment(workspace: string): string {
  return workspace.replaceAll('/', '+').replaceAll(/[^A-Za-z0-9+._-]/g, '-')
}

export function createWorktrees(options: WorktreesOptions): Worktrees {
  const { runId, repoRoot, provider, state } = options
  const how = { filters: options.filters, submodules: options.submodules }
  const opened = new Map<string, Worktree>()
  const folders = new Set<string>()
  const madeAgain = new Set<string>()
  let notes: NewEvent[] = []
  let made: Promise<string> | null = null

  /** Where the run began, unless the repository has been moved away from there. */
  const folder = async (): Promise<string> => {
    const began = folderOfRun(repoRoot, state().started?.worktrees ?? null)
    const isThere = lstatSync(began, { throwIfNoEntry: false })?.isDirectory() === true
    const [other] = folders
    const found = isThere ? began : (other ?? (await (made ??= options.makeFolder())))
    folders.add(found)
    return found
  }
  const dirOf = async (workspace: string, slot: number | null): Promise<string> => {
    const name = worktreeName(runId, workspace, slot)
    const began = folderOfRun(repoRoot, state().started?.worktrees ?? null)
    const found = await provider.locateWorktree(name, [began, ...folders])
    if (found !== null) return found
    const free = join(await folder(), name)
    // A copy of a repository has a folder of its own.
    return (await provider.isForeign(free)) ? join(await (made ??= options.makeFolder()), name) : free
  }
  const branchOf = (workspace: string): string =>
    workspace === runWorkspace ? `gump/run-${runId}` : `gump/run-${runId}.${branchSegment(workspace)}`
  const keep = (workspace: string, worktree: Worktree): Worktree => {
    const { dir, setAside, remade } = worktree
    for (const [name, other] of opened) if (other.dir === dir) opened.delete(name)
    opened.set(workspace, worktree)
    if (remade) madeAgain.add(workspace)
    folders.add(dirname(dir))
    writePointer(repoRoot, dir)
    const again = remade ? 'it was made again from the branch of the run' : 'another one was made'
    if (setAside !== null) {
      const message = `what stood at ${dir} was not its worktree any more: ${again}, and what stood there is now ${setAside}`
      notes.push({ type: 'warning', message })
    } else if (remade) {
      notes.push({ type: 'warning', message: `the worktree ${dir} was gone: ${again}` })
    }
    return worktree
  }
  return {
    folder,
    get folders() {
      return [...folders]
    },
    branchOf,
    async create(workspace, slot, commit) {
      const dir = await dirOf(workspace, slot)
      return keep(
        workspace,
        await provider.openWorktree({ dir, branch: branchOf(workspace), commit, ...how }),
      )
    },
    async open(workspace) {
      const known = opened.get(workspace)
      if (known !== undefined) return known
      const slot = state().workspaces.get(workspace)?.slot ?? null
      const dir = await dirOf(workspace, slot)
      return keep(workspace, await provider.reopenWorktree({ dir, branch: branchOf(workspace), ...how }))
    },
    isMadeAgain: (workspace) => madeAgain.has(workspace),
    settle: (workspace) => void madeAgain.delete(workspace),
    takeNotes() {
      const taken = notes
      notes = []
      return taken
    },
  }
}
