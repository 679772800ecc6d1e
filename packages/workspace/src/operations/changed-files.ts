import type { ChangedFile } from '../contract.js'
import { summarise } from '../objects/tree-differ.js'
import type { Repository } from '../repository/repository.js'

/** What differs between two commits, by path. */
export async function changedFiles(
  { objects, trees }: Repository,
  from: string,
  to: string,
): Promise<readonly ChangedFile[]> {
  const [before, after] = await Promise.all([objects.commit(from), objects.commit(to)])
  return summarise(await trees.compare(before.tree, after.tree)).files
}
