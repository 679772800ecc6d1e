import { decodePath, joinRecords, splitRecords } from '../git/path-bytes.js'
import { demandGit, type GitCall } from '../git/run-git.js'
import type { Repository } from '../repository/repository.js'
import { fileStamp } from '../worktree/index-file.js'
import type { Site } from '../worktree/site.js'
import type { RecordedLinks } from './record-submodules.js'

/**
 * Takes the commits of other repositories out of the index. `git add` would have git look for changes inside each, with
 * the configuration that it finds there, which may be an agent's.
 */
export async function hideLinks(repository: Repository, site: Site, call: GitCall): Promise<void> {
  const paths = await linksInIndex(repository, site, call)
  const none = '0'.repeat(repository.format === 'sha1' ? 40 : 64)
  await update(
    site,
    call,
    paths.map((path) => `0 ${none}\t${path}`),
  )
}

/** Puts the recorded commits into the index. */
export async function writeLinks(site: Site, call: GitCall, links: RecordedLinks): Promise<void> {
  await update(
    site,
    call,
    [...links].map(([path, oid]) => `160000 ${oid}\t${path}`),
  )
}

async function update({ index }: Site, call: GitCall, records: readonly string[]): Promise<void> {
  if (records.length === 0) return
  await demandGit(['update-index', '-z', '--index-info'], { ...call, input: joinRecords(records) })
  index.tree = null
}

async function linksInIndex(
  repository: Repository,
  { index }: Site,
  call: GitCall,
): Promise<readonly string[]> {
  // The tree may be gone: nothing but this index refers to it.
  const known = index.tree === null ? null : await repository.landmarks(index.tree).catch(() => null)
  if (known !== null) return [...known.gitlinks.keys()]
  if ((await fileStamp(index.file)) === null) return []
  const entries = splitRecords(await demandGit(['ls-files', '--stage', '-z'], call))
  return entries.flatMap((entry) =>
    entry.toString('latin1', 0, 6) === '160000' ? [decodePath(entry.subarray(entry.indexOf(0x09) + 1))] : [],
  )
}
