import { isGumpError } from '@gump/errors'
import { artifactPath, type LaunchId, type NewEvent } from '@gump/ledger'
import type { Snapshot, Worktree } from '@gump/workspace'
import type { EditsEffect } from '../../core/effects.js'
import { adoptEdits } from '../adopt-edits.js'
import { attemptRef, describeStep } from '../commit-text.js'
import type { RunContext } from '../run-context.js'

/** Takes in what a person changed while a step waited for them, whatever they answered: nothing of it is lost. */
export async function performEdits(context: RunContext, effect: EditsEffect): Promise<void> {
  const worktree = await context.worktrees.open(effect.workspace)
  const taken = await take(context, effect, worktree)
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
  if (!(await worktree.differsFrom(subject))) return []
  if (effect.into === 'undo') {
    const { ref } = await keep(context, effect, worktree, subject)
    const message = `edits made by hand do not go into what only judges; they are kept at ${ref}`
    // Said first: once they are undone, nobody who takes the run up again would know of them.
    context.journal.append([{ type: 'warning', step: effect.path, message }])
    await worktree.restore(subject, 'reset')
    return []
  }
  const onBase = await keep(context, effect, worktree, effect.base)
  // Everything was taken back: the attempt has changed nothing, and what it had changed stays reachable.
  const kept = onBase.commit === null ? await keep(context, effect, worktree, subject) : onBase
  if (kept.commit === null) return []
  const id = launchOf(effect, kept.launch)
  const path = artifactPath(id, 'diff.patch')
  await worktree.writeDiff(effect.base, kept.commit, context.artifacts.pathFor(path))
  return [
    {
      type: 'snapshot_created',
      ...id,
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

type Kept = Snapshot & { readonly ref: string; readonly launch: number }

/**
 * A snapshot of the files as they are now. One from before a crash is taken up when nothing was edited since; otherwise it
 * stays where it is, and the next launch is taken.
 */
async function keep(
  context: RunContext,
  effect: EditsEffect,
  worktree: Worktree,
  base: string,
): Promise<Kept> {
  const describe = describeStep(context, {
    step: effect.path,
    task: effect.task,
    attempt: effect.attempt,
    agent: null,
    costUsd: 0,
    status: 'edited',
  })
  for (let { launch } = effect; ; launch += 1) {
    const ref = attemptRef(context.runId, launchOf(effect, launch))
    const taken = await worktree.snapshot({ base, ref, describe }).catch(takenOnAnother)
    if (taken === null) continue
    if (taken.commit === null || !(await worktree.differsFrom(taken.commit))) return { ...taken, ref, launch }
  }
}

/** What was edited before a crash may have been compared with another commit. */
function takenOnAnother(error: unknown): null {
  if (isGumpError(error) && error.code === 'GUMP-G002') return null
  throw error
}

function launchOf({ path, round, attempt }: EditsEffect, launch: number): LaunchId {
  return { step: path, round, attempt, launch }
}
