import { listFirst } from '@gump/errors'
import type { NewEvent } from '@gump/ledger'
import { artifactPath } from '@gump/ledger'
import type { CollectEffect } from '@gump/core'
import { knownCostUsd, lastAttempt, lastLaunch, nodeAt, nothingSpent, segments } from '@gump/history'
import { attemptRef, describeStep } from '../commit-text.js'
import { isWorktreeLost, loseLaunch, madeAgain } from '../lost-launch.js'
import { writeMaskedDiff } from '../masked-diff.js'
import { collectOutput } from '../output/collect-output.js'
import { removeScratch, scratchFolder } from '../scratch-folder.js'
import type { RunContext } from '../run-context.js'

/** Takes what an attempt left: the tree first, from the files alone, then its output. */
export async function performCollect(context: RunContext, effect: CollectEffect): Promise<void> {
  try {
    await collect(context, effect)
  } catch (error) {
    if (!isWorktreeLost(error)) throw error
    context.journal.append(loseLaunch(context, effect, currentLaunch(context, effect), error))
  }
}

async function collect(context: RunContext, effect: CollectEffect): Promise<void> {
  const tree = effect.mode === 'none' ? [] : await collectTree(context, effect)
  const outDir =
    effect.mode === 'none' ? await scratchFolder(context, effect.launch) : await worktreeDir(context, effect)
  const output = await collectOutput(context, effect, outDir)
  context.journal.append([...tree, output])
  await removeScratch(context, effect.launch)
}

async function worktreeDir(context: Pick<RunContext, 'worktrees'>, effect: CollectEffect): Promise<string> {
  return (await context.worktrees.open(effect.workspace)).dir
}

async function collectTree(context: RunContext, effect: CollectEffect): Promise<NewEvent[]> {
  const worktree = await context.worktrees.open(effect.workspace)
  const isJudged = currentLaunch(context, effect)?.guard === null
  if (isJudged && context.worktrees.isMadeAgain(effect.workspace)) throw madeAgain(worktree.dir)
  const readOnly = effect.mode === 'read-only'
  const base = readOnly ? effect.before : effect.base
  const ref = attemptRef(context.runId, effect.launch)
  const launch = currentLaunch(context, effect)
  const describe = describeStep(context, {
    step: effect.path,
    task: effect.task?.slug ?? null,
    attempt: effect.launch.attempt,
    agent: launch?.agent ?? null,
    costUsd: knownCostUsd(launch?.spent ?? nothingSpent),
    costAtLeast: (launch?.spent.incomplete ?? 0) > 0,
    status: 'unverified',
  })
  const snapshot = await worktree.snapshot({ base, ref, describe })
  if (snapshot.commit === null) return []
  if (readOnly)
    return undoForbidden(
      context,
      effect,
      snapshot.files.map((file) => file.path),
    )
  const path = artifactPath(effect.launch, 'diff.patch')
  await writeMaskedDiff(context, worktree, { from: base, to: snapshot.commit, path })
  const diff = await context.artifacts.refOf(path)
  return [
    {
      type: 'snapshot_created',
      ...effect.launch,
      commit: snapshot.commit,
      tree: snapshot.tree,
      ref,
      files: snapshot.files,
      insertions: snapshot.insertions,
      deletions: snapshot.deletions,
      diff,
    },
  ]
}

function currentLaunch(
  context: Pick<RunContext, 'journal'>,
  effect: CollectEffect,
): ReturnType<typeof lastLaunch> {
  const attempt = lastAttempt(nodeAt(context.journal.state.root, segments(effect.path)))
  return attempt === null ? null : lastLaunch(attempt)
}

/** A read-only step has written after all: its changes stay reachable under its ref, the tree goes back. */
async function undoForbidden(
  context: Pick<RunContext, 'journal' | 'worktrees'>,
  effect: CollectEffect,
  files: readonly string[],
): Promise<NewEvent[]> {
  const worktree = await context.worktrees.open(effect.workspace)
  await worktree.restore(effect.before, 'reset')
  const shown = listFirst(files, 10)
  const guarded = effect.step.guards.some((guard) => guard.guard === 'no_write' && guard.value === true)
  const tripped = currentLaunch(context, effect)?.guard !== null
  if (guarded && !tripped) {
    return [
      {
        type: 'guard_triggered',
        ...effect.launch,
        guard: 'no_write',
        reason: `it changed ${shown} in a read-only step`,
        limit: 'no writes outside .gump/out/',
        observed: `${files.length} changed files`,
      },
    ]
  }
  return [
    { type: 'warning', step: effect.path, message: `changes of a read-only step were undone: ${shown}` },
  ]
}
