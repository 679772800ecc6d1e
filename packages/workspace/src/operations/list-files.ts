import { decodePath, splitRecords } from '../git/path-bytes.js'
import { demandGit } from '../git/run-git.js'
import type { Repository } from '../repository/repository.js'

/** Paths of all files of a commit. */
export async function listFiles({ common }: Repository, commit: string): Promise<readonly string[]> {
  const args = ['ls-tree', '-r', '--full-tree', '--name-only', '-z', commit]
  return [...splitRecords(await demandGit(args, common))].map((record) => decodePath(record))
}
