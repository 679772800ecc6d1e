import { lstat } from 'node:fs/promises'

import { demandFilteringGit } from '../filters/filtering-git.js'
import { decodePath, encodePath, joinRecords, splitRecords } from '../git/path-bytes.js'
import { demandGit, type GitCall } from '../git/run-git.js'
import type { Repository } from '../repository/repository.js'
import type { Site } from './site.js'

/** Repositories inside the worktree that have no commit: git refuses to add those, and lists them with a slash. */
export async function nestedRepositories(call: GitCall): Promise<readonly string[]> {
  const listed = splitRecords(await demandGit(['ls-files', '--others', '--exclude-standard', '-z'], call))
  return listed.map(decodePath).flatMap((path) => (path.endsWith('/') ? [path.slice(0, -1)] : []))
}

/**
 * Takes tracked files that were replaced by a pipe, a socket or a device out of the index: a tree cannot hold those,
 * so the file counts as deleted.
 */
export async function dropSpecialFiles(
  repository: Repository,
  site: Site,
  call: GitCall,
): Promise<readonly Buffer[]> {
  const args = ['ls-files', '--modified', '-z']
  const modified = splitRecords(await demandFilteringGit(repository, site, args, call))
  const special: Buffer[] = []
  for (const path of modified) {
    const stats = await lstat(Buffer.concat([encodePath(`${site.dir}/`), path])).catch(() => null)
    if (stats !== null && !stats.isFile() && !stats.isDirectory() && !stats.isSymbolicLink())
      special.push(path)
  }
  if (special.length > 0) {
    await demandGit(['update-index', '--force-remove', '-z', '--stdin'], {
      ...call,
      input: joinRecords(special),
    })
  }
  return special
}

/**
 * Puts an entry that exists nowhere below each of these folders into the index, in place of a gitlink. A folder with
 * entries in the index is a plain folder for `git add`, whatever `.git` is in it: it goes in and records the files,
 * ignore rules included, and drops the entry.
 */
export async function plantSeeds(
  call: GitCall,
  folders: readonly string[],
  format: 'sha1' | 'sha256',
): Promise<void> {
  if (folders.length === 0) return
  const digits = format === 'sha1' ? 40 : 64
  const records = folders.flatMap((folder) => [
    `0 ${'0'.repeat(digits)}\t${folder}`,
    `100644 ${'1'.repeat(digits)}\t${folder}/.gump-seed`,
  ])
  await demandGit(['update-index', '-z', '--index-info'], { ...call, input: joinRecords(records) })
}
