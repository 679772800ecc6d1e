import type { LaunchEffect } from '@gump/core'
import { attemptRef, describeStep } from './commit-text.js'
import type { RunContext } from './run-context.js'
import { emptyScratchFolder } from './scratch-folder.js'
import type { SetupPlace } from './setup/setup-place.js'
import { setUpWorktree } from './worktree-setup.js'

/** Brings the place where the agent works to what the attempt starts from; returns its folder. */
export async function prepareWorktree(
  context: RunContext,
  effect: LaunchEffect,
  signal: AbortSignal,
): Promise<string> {
  if (effect.mode === 'none') return emptyScratchFolder(context, effect.launch)
  const worktree = await context.worktrees.open(effect.workspace)
  if (effect.salvage !== null) {
    // What an interrupted agent had done stays reachable, whatever happens to the files.
    await worktree.snapshot({
      base: effect.base,
      ref: attemptRef(context.runId, effect.salvage.launch),
      describe: describeStep(context, {
        step: effect.path,
        task: effect.task?.slug ?? null,
        attempt: effect.launch.attempt,
        agent: effect.salvage.agent,
        costUsd: 0,
        status: 'interrupted',
      }),
    })
  }
  if (effect.mode === 'read-write') await worktree.resetBranch(effect.base)
  const { tree } = effect
  const known = context.journal.state.workspaces.get(effect.workspace)?.content ?? null
  const isKnown = known !== null && !context.worktrees.isMadeAgain(effect.workspace)
  if (tree.to === 'commit' && (!isKnown || known !== tree.commit || tree.mode === 'pristine')) {
    await worktree.restore(tree.commit, tree.mode)
    if (tree.mode === 'pristine')
      await setUpAgain(context, { workspace: effect.workspace, worktree, commit: tree.commit }, signal)
  }
  await worktree.emptyOut()
  context.worktrees.settle(effect.workspace)
  return worktree.dir
}

/** A pristine worktree has lost its dependencies with all other ignored files. */
async function setUpAgain(context: RunContext, place: SetupPlace, signal: AbortSignal): Promise<void> {
  const setupMs = await setUpWorktree(context, place, signal, { again: true })
  if (setupMs === null || signal.aborted) return
  const { workspace } = place
  const slot = context.journal.state.workspaces.get(workspace)?.slot ?? null
  context.journal.append([
    { type: 'workspace_ready', workspace, commit: place.commit, slot, setup_ms: setupMs },
  ])
}
