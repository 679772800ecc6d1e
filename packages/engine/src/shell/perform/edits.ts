import { artifactPath, type NewEvent } from '@gump/ledger'
import type { Snapshot, Worktree } from '@gump/workspace'
import type { EditsEffect } from '../../core/effects.js'
import { adoptEdits } from '../adopt-edits.js'
import { attemptRef, describeStep } from '../commit-text.js'
import type { RunContext } from '../run-context.js'

/** Takes in what a person changed while a step waited for them, whatever they answered: nothing of it is lost. */
export async function performEdits(context: RunContext, effect: EditsEffect): Promise<void> {
  const worktree = await context.worktrees.open(effect.workspace)
  const taken = (await worktree.differsFrom(effect.subject)) ? await take(context, effect, worktree) : []
  context.journal.append([
    ...taken,
    {
      type: 'hitl_settled',
      step: effect.path,
      round: effect.round,
      attempt: effect.attempt,
      at: effect.at,
      edited: taken.length > 0 && effect.into !== 'undo',
    },
  ])
}

async function take(context: RunContext, effect: EditsEffect, worktree: Worktree): Promise<NewEvent[]> {
  const { workspace, subject } = effect
  if (effect.into === 'adopt') {
    const to = await adoptEdits(context, worktree, { base: subject, content: subject })
    return to === null ? [] : [{ type: 'edits_adopted', workspace, from: subject, to }]
  }
  if (effect.into === 'undo') {
    const { ref } = await snapshot(context, effect, worktree, subject)
    await worktree.restore(subject, 'reset')
    const message = `edits made by hand do not go into what only judges; they are kept at ${ref}`
    return [{ type: 'warning', step: effect.path, message }]
  }
  const onBase = await snapshot(context, effect, worktree, effect.base)
  // Everything was taken back: the attempt has changed nothing, and what it had changed stays reachable.
  const kept = onBase.commit === null ? await snapshot(context, effect, worktree, subject) : onBase
  if (kept.commit === null) return []
  const path = artifactPath(launchOf(effect), 'diff.patch')
  await worktree.writeDiff(effect.base, kept.commit, context.artifacts.pathFor(path))
  return [
    {
      type: 'snapshot_created',
      ...launchOf(effect),
      commit: kept.commit,
      tree: kept.tree,
      ref: kept.ref,
      files: onBase.files,
      insertions: onBase.insertions,
      deletions: onBase.deletions,
      diff: await context.artifacts.refOf(path),
      by: 'person',
    },
  ]
}

const launchOf = ({
  path,
  round,
  attempt,
  launch,
}: EditsEffect): { step: string; round: number; attempt: number; launch: number } => ({
  step: path,
  round,
  attempt,
  launch,
})

async function snapshot(
  context: RunContext,
  effect: EditsEffect,
  worktree: Worktree,
  base: string,
): Promise<Snapshot & { readonly ref: string }> {
  const ref = attemptRef(context.runId, launchOf(effect))
  const describe = describeStep(context, {
    step: effect.path,
    task: effect.task,
    attempt: effect.attempt,
    agent: null,
    costUsd: 0,
    status: 'edited',
  })
  return { ...(await worktree.snapshot({ base, ref, describe })), ref }
}
