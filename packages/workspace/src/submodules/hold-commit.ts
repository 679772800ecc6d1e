import { leftRef } from '../objects/ref-name.js'
import type { Repository } from '../repository/repository.js'

/** Holds a commit of a submodule for as long as the run of a branch exists. */
export async function holdCommit(
  repository: Repository,
  store: Repository,
  { branch, commit }: { readonly branch: string; readonly commit: string },
): Promise<void> {
  const ref = leftRef(branch, commit) ?? `refs/gump/other/@left.${commit}`
  if ((await store.refs.read(ref)) === commit) return
  await repository.perform('snapshot-ref', () => store.refs.move([{ ref, to: commit }]))
}
