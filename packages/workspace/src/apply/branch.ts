import { GumpError } from '@gump/errors'

import type { ApplyRequest, ApplyResult } from '../contract.js'
import { branchRef } from '../objects/ref-name.js'
import { summarise } from '../objects/tree-differ.js'
import { readHead } from '../operations/facts.js'
import type { Repository } from '../repository/repository.js'
import { holdLinks } from '../submodules/apply-links.js'
import { alreadyApplied } from './history.js'

/**
 * Leaves the run's work on a branch of its own; the working tree is not touched.
 *
 * @throws GumpError GUMP-G005 when the branch is there already, GUMP-G002 when it is elsewhere, GUMP-G010 for a bad name.
 */
export async function applyAsBranch(repository: Repository, request: ApplyRequest): Promise<ApplyResult> {
  const { objects, refs, trees, perform } = repository
  const { commit, branchName } = request
  if (branchName === undefined) {
    throw new GumpError('GUMP-G010', 'a branch needs a name', { remedy: 'give one: --branch NAME' })
  }
  const ref = branchRef(branchName)
  const { tree } = await objects.commit(commit)
  const there = await refs.read(ref)
  if (there === commit) throw alreadyApplied(request, branchName)
  if (there !== null) {
    throw new GumpError('GUMP-G002', `there is a branch "${branchName}" already, at ${there}`, {
      data: { ref, expected: null, actual: there },
      remedy: 'give another name: --branch NAME',
    })
  }
  const head = (await readHead(repository)).commit
  const before = head === null ? null : (await objects.commit(head)).tree
  if (before !== null) await holdLinks(repository, tree, await trees.list(before, tree))
  await perform('apply-branch', () => refs.move([{ ref, from: null, to: commit }]))
  const changes = before === null ? [] : await trees.compare(before, tree)
  return { status: 'branched', commit, files: summarise(changes).files }
}
