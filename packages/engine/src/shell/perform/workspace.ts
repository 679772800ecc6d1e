import type { WorkspaceEffect } from '@gump/core'
import type { RunContext } from '../run-context.js'
import { setUpWorktree } from '../worktree-setup.js'

/** Makes a worktree ready for a branch, with what the project needs in it. */
export async function performWorkspace(
  context: RunContext,
  effect: WorkspaceEffect,
  signal: AbortSignal,
): Promise<void> {
  const worktree = await context.worktrees.create(effect.workspace, effect.slot, effect.commit)
  const setupMs = await setUpWorktree(
    context,
    { workspace: effect.workspace, worktree, commit: effect.commit },
    signal,
  )
  context.journal.append([
    {
      type: 'workspace_ready',
      workspace: effect.workspace,
      commit: effect.commit,
      slot: effect.slot,
      ...(setupMs === null ? {} : { setup_ms: setupMs }),
    },
  ])
}
