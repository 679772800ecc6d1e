import type { WorkingTreeChanges } from '../contract.js'
import { decodePath, splitRecords } from '../git/path-bytes.js'
import { demandGit } from '../git/run-git.js'
import type { Repository } from '../repository/repository.js'

/** The user's uncommitted changes. The user's index is not even refreshed. */
export async function changes({ user }: Repository): Promise<WorkingTreeChanges> {
  const args = [
    'status',
    '--porcelain=v2',
    '-z',
    '--no-renames',
    '--untracked-files=all',
    '--ignore-submodules=dirty',
  ]
  const tracked: string[] = []
  const untracked: string[] = []
  for (const record of splitRecords(await demandGit(args, user))) {
    const kind = String.fromCharCode(record[0] ?? 0)
    if (kind === '?') untracked.push(pathAfter(record, 1))
    if (kind === '1') tracked.push(pathAfter(record, 8))
    if (kind === 'u') tracked.push(pathAfter(record, 10))
  }
  return { tracked, untracked }
}

/** The path that follows so many fields, each ended by a blank. */
function pathAfter(record: Buffer, fields: number): string {
  let at = 0
  for (let field = 0; field < fields; field += 1) at = record.indexOf(0x20, at) + 1
  return decodePath(record.subarray(at))
}
