import { GumpError } from '@gump/errors'

import { branchRef, leftRef, placeRef } from '../objects/ref-name.js'
import type { Repository } from '../repository/repository.js'

/**
 * Puts a branch at `commit`, wherever it is now, and notes that place. What Gump had made on it stays reachable.
 *
 * @throws GumpError GUMP-G002 when a branch of this name exists elsewhere and Gump did not make it.
 */
export async function placeBranch(
  { refs, perform }: Repository,
  branch: string,
  commit: string,
): Promise<void> {
  const ref = branchRef(branch)
  const place = placeRef(branch)
  await refs.dropSymbolic(ref)
  const [now, noted] = await Promise.all([refs.read(ref), refs.read(place)])
  if (now === commit && noted === commit) return
  const own = noted !== null || branch.startsWith('gump/')
  if (now !== null && now !== commit && !own) {
    throw new GumpError('GUMP-G002', `the branch ${branch} exists already and is at ${now}`, {
      data: { ref, expected: commit, actual: now },
      remedy: 'rename or delete that branch',
    })
  }
  const left = noted === null || noted === commit ? null : leftRef(branch, noted)
  await perform('place-branch', () =>
    refs.move([
      ...(left === null ? [] : [{ ref: left, to: noted }]),
      { ref, from: now, to: commit },
      { ref: place, to: commit },
    ]),
  )
}

/**
 * The commit at which Gump has put a branch. Commits that others made on it since do not count: they are edits.
 *
 * @throws GumpError GUMP-G001 for a branch that Gump has not placed.
 */
export async function placeOfBranch({ refs }: Repository, branch: string): Promise<string> {
  const noted = await refs.read(placeRef(branch))
  if (noted !== null) return noted
  throw new GumpError('GUMP-G001', `the place of the branch ${branch} is not known`, { data: { branch } })
}

/** Moves a branch back to where Gump noted it, when another process moved it. Returns where it is then. */
export async function putBackBranch(repository: Repository, branch: string): Promise<string> {
  const noted = await placeOfBranch(repository, branch)
  await placeBranch(repository, branch, noted)
  return noted
}

/** Moves a branch that Gump owns and its noted place together. */
export async function moveBranch(
  { refs }: Repository,
  branch: string,
  from: string | null,
  to: string,
): Promise<void> {
  await refs.move([
    { ref: branchRef(branch), from, to },
    { ref: placeRef(branch), to },
  ])
}
