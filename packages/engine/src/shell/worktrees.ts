import type { RunnableFilters, WorkspaceProvider, Worktree } from '@gump/workspace'
import { runWorkspace } from '../core/decide.js'
import type { RunState } from '../core/state.js'
import { worktreePath } from './worktree-folder.js'

/** The worktrees of one run by the names the core gives them. */
export interface Worktrees {
  /** Folder of a workspace; a slot is shared by branches one after the other. */
  dirOf(workspace: string, slot: number | null): string
  branchOf(workspace: string): string
  /** Creates the worktree at `commit`, or moves a reused one there. */
  create(workspace: string, slot: number | null, commit: string): Promise<Worktree>
  /** The worktree of a workspace that is ready; files are left as they are. */
  open(workspace: string): Promise<Worktree>
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
}

/** Characters of a workspace name that a branch may carry as they are; a path is flattened. */
function branchSegment(workspace: string): string {
  return workspace.replaceAll('/', '+').replaceAll(/[^A-Za-z0-9+._-]/g, '-')
}

export function createWorktrees({
  runId,
  repoRoot,
  provider,
  state,
  ...options
}: WorktreesOptions): Worktrees {
  const how = { filters: options.filters, submodules: options.submodules }
  const opened = new Map<string, Worktree>()
  const dirOf = (workspace: string, slot: number | null): string =>
    worktreePath(repoRoot, runId, state(), workspace, slot)
  const branchOf = (workspace: string): string =>
    workspace === runWorkspace ? `gump/run-${runId}` : `gump/run-${runId}.${branchSegment(workspace)}`
  return {
    dirOf,
    branchOf,
    async create(workspace, slot, commit) {
      const dir = dirOf(workspace, slot)
      for (const [name, worktree] of opened) if (worktree.dir === dir) opened.delete(name)
      const worktree = await provider.openWorktree({ dir, branch: branchOf(workspace), commit, ...how })
      opened.set(workspace, worktree)
      return worktree
    },
    async open(workspace) {
      const known = opened.get(workspace)
      if (known !== undefined) return known
      const slot = state().workspaces[workspace]?.slot ?? null
      const worktree = await provider.reopenWorktree({
        dir: dirOf(workspace, slot),
        branch: branchOf(workspace),
        ...how,
      })
      opened.set(workspace, worktree)
      return worktree
    },
  }
}
