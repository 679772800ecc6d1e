import type { Repository } from '../repository/repository.js'
import { removeFolder } from '../repository/remove-folder.js'
import { listRecords, privateDirOf } from '../worktree/site.js'
import { appliedRef } from './apply-links.js'
import { registeredStores } from './store.js'

/** Removes what Gump noted about the submodules of a worktree that is gone. */
export async function forgetSubmodules(repository: Repository, worktree: string): Promise<void> {
  for (const store of await registeredStores(repository)) {
    for (const { dir } of await listRecords(store)) {
      if (dir.startsWith(`${worktree}/`)) await removeFolder(privateDirOf(store, dir))
    }
  }
}

/**
 * Removes the refs of a run in the repositories of submodules. A commit that the user's HEAD names by now stays held:
 * a user who merged the run by hand has no other ref for it.
 */
export async function removeSubmoduleRefs(
  repository: Repository,
  runId: string,
  head: string | null,
): Promise<void> {
  const stores = await registeredStores(repository)
  if (stores.length === 0) return
  const named = await commitsNamedBy(repository, head)
  for (const store of stores) {
    const left = await store.refs.list(`refs/gump/${runId}/`)
    const inner = await commitsInside(store, named)
    await store.refs.move(
      left.flatMap(({ ref, oid }) => [
        ...(named.has(oid) || inner.has(oid) ? [{ ref: appliedRef(oid), to: oid }] : []),
        { ref, to: null },
      ]),
    )
  }
}

async function commitsNamedBy(repository: Repository, commit: string | null): Promise<ReadonlySet<string>> {
  if (commit === null) return new Set()
  const { tree } = await repository.objects.commit(commit)
  return new Set((await repository.landmarks(tree)).gitlinks.values())
}

/** What the named commits of one store name of others. */
async function commitsInside(store: Repository, named: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (const commit of named) {
    if ((await store.objects.find(commit))?.type !== 'commit') continue
    for (const oid of await commitsNamedBy(store, commit)) found.add(oid)
  }
  return found
}
