import type { NewEvent } from '@gump/ledger'
import { type CompleteEffect, fieldsOf, stepSpent } from '@gump/core'
import { knownCostUsd, nodeAt, segments, type Spent, usageOf } from '@gump/history'
import { describeStep } from '../commit-text.js'
import type { RunContext } from '../run-context.js'

/** Puts the worktree in the state the step leaves, makes its commit and records its end. */
export async function performComplete(context: RunContext, effect: CompleteEffect): Promise<void> {
  const { journal } = context
  const node = nodeAt(journal.state.root, segments(effect.path))
  const spent = stepSpent(node)
  const commit = effect.promote === null ? effect.commit : await promote(context, effect, spent)
  const content = await restore(context, effect, effect.promote === null ? effect.restore : commit)
  const now = context.ambient.clock.now() - journal.state.time.awayMs
  const waited = node.attempts.reduce((sum, { waitedMs }) => sum + waitedMs, 0)
  const id = { step: effect.path, round: effect.round, attempt: effect.attempt }
  const events: NewEvent[] = [
    {
      type: 'step_completed',
      ...id,
      kind: effect.stepKind,
      status: effect.status,
      commit,
      ...(content === null ? {} : { content }),
      ...(effect.reason === null ? {} : { reason: context.masker.mask(effect.reason) }),
      duration_ms: Math.max(0, now - (node.attempts[0]?.startedMs ?? now) - waited),
      usage: usageOf(spent),
      turns: spent.turns,
    },
    {
      type: 'state_updated',
      step: effect.path,
      keys: [...Object.keys(fieldsOf(node)), 'status', 'duration'],
    },
  ]
  journal.append(events)
}

function promote(context: RunContext, effect: CompleteEffect, spent: Spent): Promise<string> {
  const describe = describeStep(context, {
    step: effect.path,
    task: effect.task,
    attempt: effect.attempt,
    agent: effect.agent,
    costUsd: knownCostUsd(spent),
    costAtLeast: spent.incomplete > 0,
    status: 'pass',
  })
  return context.worktrees
    .open(effect.workspace)
    .then((worktree) =>
      worktree.promote({ from: effect.base, snapshot: effect.promote ?? effect.base, describe }),
    )
}

/** What gates made is taken away again; files that are known to be right are left alone. */
async function restore(
  context: Pick<RunContext, 'journal' | 'worktrees'>,
  effect: CompleteEffect,
  target: string | null,
): Promise<string | null> {
  if (target === null) return null
  const known = context.journal.state.workspaces.get(effect.workspace)?.content ?? null
  const same = known !== null && (known === target || known === effect.promote)
  if (!same) {
    const worktree = await context.worktrees.open(effect.workspace)
    await worktree.restore(target, 'reset')
  }
  return target
}
