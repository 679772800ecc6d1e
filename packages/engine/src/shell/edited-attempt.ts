import { isGumpError } from '@gump/errors'
import { artifactPath, type LaunchId, type NewEvent } from '@gump/ledger'
import type { Snapshot, Worktree } from '@gump/workspace'
import { attemptRef, describeStep } from './commit-text.js'
import { writeMaskedDiff } from './masked-diff.js'
import type { RunContext } from './run-context.js'

/** An attempt whose files a person has changed. */
export interface EditedAttempt {
  readonly path: string
  readonly round: number
  readonly attempt: number
  readonly base: string
  /** What the files held before. */
  readonly subject: string
  /** The launch that the edits count as. */
  readonly launch: number
  readonly task: string | null
}

/** Makes what a person changed a part of the attempt, in place of what the agent had made. */
export async function takeIntoAttempt(
  context: RunContext,
  edited: EditedAttempt,
  worktree: Worktree,
): Promise<NewEvent[]> {
  const onBase = await keepEdits(context, edited, worktree, edited.base)
  // Everything was taken back: the attempt has changed nothing, and what it had changed stays reachable.
  const kept = onBase.commit === null ? await keepEdits(context, edited, worktree, edited.subject) : onBase
  if (kept.commit === null) return []
  const id = launchOf(edited, kept.launch)
  const path = artifactPath(id, 'diff.patch')
  await writeMaskedDiff(context, worktree, { from: edited.base, to: kept.commit, path })
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
export async function keepEdits(
  context: RunContext,
  edited: EditedAttempt,
  worktree: Worktree,
  base: string,
): Promise<Kept> {
  const describe = describeStep(context, {
    step: edited.path,
    task: edited.task,
    attempt: edited.attempt,
    agent: null,
    costUsd: 0,
    status: 'edited',
  })
  for (let { launch } = edited; ; launch += 1) {
    const ref = attemptRef(context.runId, launchOf(edited, launch))
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

function launchOf({ path, round, attempt }: EditedAttempt, launch: number): LaunchId {
  return { step: path, round, attempt, launch }
}
