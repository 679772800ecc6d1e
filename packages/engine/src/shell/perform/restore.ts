import type { RestoreEffect } from '@gump/core'
import type { RunContext } from '../run-context.js'

/** Brings the files of a worktree to a commit; ignored ones stay. */
export async function performRestore(
  context: Pick<RunContext, 'journal' | 'worktrees'>,
  effect: RestoreEffect,
): Promise<void> {
  const { workspace, slot, commit } = effect
  const worktree = await context.worktrees.open(workspace)
  await worktree.restore(commit, 'reset')
  context.journal.append([{ type: 'workspace_ready', workspace, commit, slot }])
}
