import type { Repository } from '../repository/repository.js'

/** Paths of all files of a commit. */
export async function listFiles(
  { objects, listings }: Repository,
  commit: string,
): Promise<readonly string[]> {
  const { tree } = await objects.commit(commit)
  return (await listings(tree)).paths()
}
