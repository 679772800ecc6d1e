import { basename, dirname, join } from 'node:path'

import { probeFileSystem } from '../repository/file-system-traits.js'
import type { Repository } from '../repository/repository.js'
import { ownRegistration } from './pointer.js'
import { findRegistration, worktreeConfigOf } from './register.js'
import { listRecords, readRecord, type SiteRecord } from './site.js'
import { readFile, rename } from '../repository/small-files.js'

/**
 * What is noted about the worktree in a folder; null when it is none of Gump's. Without a note, one that git knows and
 * that is on a branch below `gump/` is taken for Gump's: its notes were removed.
 */
export async function recordOf(
  repository: Repository,
  dir: string,
  privateDir: string,
): Promise<SiteRecord | null> {
  const record =
    (await readRecord(repository, privateDir)) ?? (await movedRecord(repository, dir, privateDir))
  if (record !== null) return record
  const adminDir = await findRegistration(repository, dir)
  if (adminDir === null) return null
  const head = await readFile(join(adminDir, 'HEAD'), 'utf8').catch(() => '')
  const branch = /^ref: refs\/heads\/(gump\/.+)\n$/u.exec(head)?.[1]
  if (branch === undefined) return null
  return {
    dir,
    branch,
    adminDir,
    worktreeConfig: await worktreeConfigOf(adminDir),
    traits: await probeFileSystem(dirname(dir)),
    sparse: false,
    populated: true,
  }
}

/** Notes are kept by the path of the folder; those of a worktree that was moved are brought along. */
async function movedRecord(
  repository: Repository,
  dir: string,
  privateDir: string,
): Promise<SiteRecord | null> {
  const adminDir = await ownRegistration(repository, dir)
  if (adminDir === null) return null
  for (const { privateDir: found, ...record } of await listRecords(repository)) {
    if (record.adminDir !== adminDir || basename(record.dir) !== basename(dir)) continue
    if ((await ownRegistration(repository, record.dir)) === adminDir) continue
    await rename(found, privateDir)
    return { ...record, dir }
  }
  return null
}
