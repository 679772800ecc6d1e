import type { Repository } from '../repository/repository.js'
import type { Site, Submodule } from '../worktree/site.js'
import { writeCommit } from '../worktree/write-commit.js'
import { declaredIn } from './declarations.js'
import { bring, findSubmodule, unrecordable } from './find-submodule.js'
import { holdCommit } from './hold-commit.js'
import { putBackSubmodule, readHeadOf } from './submodule.js'

/** The commits that a tree is to name, by path. What is not among them is left to git. */
export type RecordedLinks = ReadonlyMap<string, string>

/** Stages the files of a worktree; given, because a submodule is staged like what it is in. */
export type Stage = (repository: Repository, site: Site, baseTree: string) => Promise<string>

/**
 * Records what was done in the submodules of a worktree, innermost first: a commit that HEAD was moved to is brought into
 * the user's repository of that submodule, and edits that nobody has committed become a commit on top of it. Nothing that
 * an agent could write decides how git works there.
 *
 * @throws GumpError GUMP-G014 naming what cannot be recorded; the work stays where it is.
 */
export async function recordSubmodules(
  repository: Repository,
  site: Site,
  baseTree: string,
  stage: Stage,
): Promise<RecordedLinks> {
  const { gitlinks } = await repository.landmarks(baseTree)
  const declared = await declaredIn(repository, site.dir)
  const links = new Map<string, string>()
  for (const path of new Set([...gitlinks.keys(), ...declared.keys(), ...site.submodules.keys()])) {
    const oid = gitlinks.get(path) ?? null
    const occupant = await findSubmodule(repository, site, { path, oid, baseTree })
    switch (occupant.is) {
      case 'gone':
        break
      case 'empty':
        // Not checked out, or no longer: the commit is unchanged.
        if (oid !== null) links.set(path, oid)
        break
      case 'files':
        if (oid !== null) {
          const remedy = 'check the submodule out first ([worktree] submodules = true), or remove the files'
          throw unrecordable(site, path, 'files were written, and it is not checked out', remedy)
        }
        break
      case 'stranger':
        if (oid !== null)
          throw unrecordable(site, path, 'no .gitmodules declares it', 'declare it, or remove the files')
        break
      case 'submodule':
        links.set(path, await record(repository, site, { submodule: occupant.submodule, oid }, stage))
    }
  }
  return links
}

async function record(
  repository: Repository,
  parent: Site,
  { submodule, oid }: { readonly submodule: Submodule; readonly oid: string | null },
  stage: Stage,
): Promise<string> {
  const { path, store, site } = submodule
  const head = (await readHeadOf(site.adminDir)) ?? submodule.at ?? oid
  if (head === null)
    throw unrecordable(parent, path, 'it has no commit', 'make a first commit in it, or remove it')
  await bring(store, parent, { path, gitDir: site.adminDir, commit: head })
  const { tree: headTree } = await store.objects.commit(head)
  const tree = await stage(store, site, headTree)
  const commit =
    tree === headTree
      ? head
      : await writeCommit(store, {
          tree,
          parents: [head],
          describe: { subject: `Changes made in ${path}`, trailers: { 'Gump-Run': runOf(parent.branch) } },
        })
  if (commit !== oid) await holdCommit(repository, store, { branch: parent.branch, commit })
  await putBackSubmodule(parent, submodule, commit)
  return commit
}

function runOf(branch: string): string {
  return /^gump\/run-([\w-]+)/u.exec(branch)?.[1] ?? branch
}
