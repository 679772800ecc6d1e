import { GumpError, listFirst } from '@gump/errors'

import type { ApplyMode, ApplyRequest, ApplyResult } from '../contract.js'
import { formatMessage } from '../objects/message.js'
import { bringAlong, holdLinks } from '../submodules/apply-links.js'
import { summarise, type TreeChange } from '../objects/tree-differ.js'
import { readHead } from '../operations/facts.js'
import { mergeCommits, type MergedTree } from '../operations/merge-trees.js'
import type { Repository } from '../repository/repository.js'
import { applyAsBranch } from './branch.js'
import { appliedTrailer, demandNotApplied, isAncestor } from './history.js'
import { findInTheWay, hasSameBytes } from './in-the-way.js'
import { type Journal, readJournal } from './journal.js'
import { keepConflicts } from './keep-conflicts.js'
import { compareWith, localChanges, unexplained } from './local-changes.js'
import { moveHead } from './move-head.js'
import { setAside } from './set-aside.js'
import { signatures, userIdentity } from './user-identity.js'
import { demandNothingUnfinished } from './unfinished.js'

/** The outcome of applying, before anything is written. */
interface Plan extends MergedTree {
  readonly head: string
  readonly changes: readonly TreeChange[]
  /** Left by an apply of the same work that was interrupted. */
  readonly journal: Journal | null
}

/**
 * Brings a run's work into the user's branch and working tree, or changes nothing.
 *
 * @throws GumpError GUMP-G002 … GUMP-G008; see each in the error reference.
 */
export async function apply(repository: Repository, request: ApplyRequest): Promise<ApplyResult> {
  if (request.mode === 'branch') return applyAsBranch(repository, request)
  const { commit: head, branch } = await readHead(repository)
  if (head === null) {
    throw new GumpError('GUMP-G006', `${branch ?? 'HEAD'} has no commit yet`, {
      data: { branch },
      remedy: 'check out a branch with commits, or leave the work on a branch of its own: --branch NAME',
    })
  }
  await demandNothingUnfinished(repository)
  const journal = await readJournal(repository, head)
  if (await demandNotApplied(repository, head, request))
    return { status: 'nothing-to-do', commit: head, files: [] }
  const plan = await makePlan(repository, head, request, journal)
  const links = await holdLinks(repository, plan.tree, plan.changes)
  const replaced = await demandRoom(repository, plan, request.expendable ?? [])
  if (plan.conflicts.length > 0) return keep(repository, request, plan, replaced)
  const result = await finish(repository, request, plan, replaced)
  return links.length === 0 || result.status === 'nothing-to-do'
    ? result
    : { ...result, submodules: await bringAlong(repository, repository.root, links) }
}

/** The merge, without conflicts unless they are wanted. */
async function makePlan(
  repository: Repository,
  head: string,
  request: ApplyRequest,
  journal: Journal | null,
): Promise<Plan> {
  const { objects, trees } = repository
  const { commit, mode } = request
  const [{ tree: headTree }, { tree: runTree }] = await Promise.all([
    objects.commit(head),
    objects.commit(commit),
  ])
  const ahead = await isAncestor(repository, head, commit)
  if (mode === 'ff' && !ahead) {
    throw new GumpError(
      'GUMP-G007',
      `the current branch has commits that the run does not build on: it is at ${head}`,
      { data: { head, commit } },
    )
  }
  const merged = ahead ? { tree: runTree, conflicts: [] } : await mergeCommits(repository, head, commit)
  const plan = {
    ...merged,
    head,
    changes: await trees.list(headTree, merged.tree),
    journal: journal?.tree === merged.tree ? journal : null,
  }
  await demandNoLocalChanges(repository, plan, headTree)
  if (plan.conflicts.length > 0 && request.keepConflicts !== true) {
    throw new GumpError('GUMP-G003', `conflicts in ${list(plan.conflicts)}`, {
      data: { files: plan.conflicts, commit },
      remedy: `merge by hand: git merge ${commit}; or let the conflicts stand here: --keep-conflicts`,
    })
  }
  return plan
}

async function demandNoLocalChanges(repository: Repository, plan: Plan, headTree: string): Promise<void> {
  let files = await localChanges(repository)
  if (files.length > 0 && plan.journal !== null) {
    const before = await compareWith(repository, headTree, 'old')
    const after = await compareWith(repository, plan.tree, 'new')
    files = await unexplained(files, plan.changes, { before, after })
  }
  if (files.length > 0)
    throw blocked(files, files.length === 1 ? 'has uncommitted changes' : 'have uncommitted changes')
}

/** Untracked files that the merge may replace. */
async function demandRoom(
  repository: Repository,
  plan: Plan,
  expendable: readonly string[],
): Promise<readonly string[]> {
  const { tree, changes, journal } = plan
  const after = journal === null ? null : await compareWith(repository, tree, 'new')
  const found = await findInTheWay(repository, changes, async (change) => {
    if (after !== null && (await after.matchesFile(change))) return true
    return expendable.includes(change.path) && hasSameBytes(repository, tree, change)
  })
  const { blocking } = found
  if (blocking.length > 0) {
    throw blocked(blocking, `${blocking.length === 1 ? 'is' : 'are'} not tracked and would be overwritten`)
  }
  return found.expendable
}

async function keep(
  repository: Repository,
  request: ApplyRequest,
  plan: Plan,
  replaced: readonly string[],
): Promise<ApplyResult> {
  const { commit, mode } = request
  const message = messageOf(request)
  const conflicts = await setAside(repository.root, replaced, () =>
    keepConflicts(repository, { commit, mode, message }),
  )
  return {
    status: 'conflicts-kept',
    commit: plan.head,
    files: await changedFiles(repository, plan),
    conflicts,
  }
}

const statuses: Readonly<Record<ApplyMode, ApplyResult['status']>> = {
  merge: 'merged',
  squash: 'squashed',
  ff: 'fast-forwarded',
  branch: 'branched',
}

async function finish(
  repository: Repository,
  request: ApplyRequest,
  plan: Plan,
  replaced: readonly string[],
): Promise<ApplyResult> {
  const { commit, mode, runId } = request
  const { head, tree, changes } = plan
  if (mode === 'squash' && changes.length === 0) return { status: 'nothing-to-do', commit: head, files: [] }
  const identity = await userIdentity(repository)
  const parents = mode === 'squash' ? [head] : [head, commit]
  const content = { tree, parents, message: messageOf(request), ...signatures(identity, repository.now()) }
  const to =
    mode === 'ff' ? commit : await repository.perform('write-commit', () => repository.commits(content))
  const files = await changedFiles(repository, plan)
  const reason = `gump apply ${runId}: ${mode}`
  const { committer } = identity
  await moveHead(repository, {
    from: head,
    to,
    tree,
    reason,
    committer,
    replaced,
    again: plan.journal !== null,
  })
  return { status: statuses[mode], commit: to, files }
}

async function changedFiles(repository: Repository, { head, tree }: Plan): Promise<ApplyResult['files']> {
  const before = (await repository.objects.commit(head)).tree
  return summarise(await repository.trees.compare(before, tree)).files
}

/** A squashed commit has no second parent that tells where its work comes from, so a trailer does. */
function messageOf({ describe, mode, commit }: ApplyRequest): string {
  const { subject, trailers } = describe
  return formatMessage(
    mode === 'squash' ? { subject, trailers: { ...trailers, [appliedTrailer]: commit } } : describe,
  )
}

function blocked(files: readonly string[], why: string): GumpError {
  return new GumpError('GUMP-G004', `${list(files)} ${why}`, {
    data: { files },
    remedy: 'commit, stash or move them, then try again',
  })
}

/** Names for people; at most ten. */
function list(files: readonly string[]): string {
  return listFirst(
    files.map((file) => JSON.stringify(file)),
    10,
  )
}
