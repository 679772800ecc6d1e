import { createHash } from 'node:crypto'
import { basename, dirname, join } from 'node:path'

import type { RunnableFilters } from '../filters/contract.js'
import type { GitCall } from '../git/run-git.js'
import type { FileSystemTraits } from '../git/settings.js'
import { objectsEnvironment, type Repository } from '../repository/repository.js'
import { writeFileAtomically } from '../repository/write-file.js'
import type { IndexFile } from './index-file.js'
import { mkdir, readdir, readFile } from '../repository/small-files.js'

/** What Gump notes about a worktree, outside the reach of what runs in it. */
export interface SiteRecord {
  readonly dir: string
  readonly branch: string
  /** The registration below `worktrees/` of the common `.git`; null: not made yet. */
  readonly adminDir: string | null
  /** The registration's `config.worktree` as git made it; null: none. */
  readonly worktreeConfig: string | null
  /** What the file system of the folder can hold. */
  readonly traits: FileSystemTraits
  /** Only a part of the files is checked out, as in the user's own tree. */
  readonly sparse: boolean
  /** The first checkout is complete. */
  readonly populated: boolean
}

/** An open worktree, as the operations see it. */
export interface Site extends SiteRecord {
  readonly adminDir: string
  /** Gump's private git folder for this worktree. */
  readonly privateDir: string
  /** Tells the folder that was opened from another one in its place. */
  readonly identity: string
  /** It was made again, because what was there before is gone or is not Gump's. */
  readonly remade: boolean
  /** Where a folder that stood in its place, and was not it, has been put. */
  readonly setAside: string | null
  readonly index: IndexFile
  /** null: content is recorded and written as it is, whatever attributes say. */
  readonly filters: RunnableFilters | null
  /** Those that are checked out, by path. */
  readonly submodules: Map<string, Submodule>
  /** Check submodules out that the user's repository has. */
  readonly withSubmodules: boolean
}

/** A submodule that is checked out in a worktree. */
export interface Submodule {
  /** In the tree that names its commit. */
  readonly path: string
  /** The user's own repository of it: what is recorded goes there. */
  readonly store: Repository
  /** Its files. `adminDir` is the git folder that agents work with; nothing but commits is taken from there. */
  readonly site: Site
  /** The commit that Gump has put its HEAD at; null: not yet. */
  at: string | null
}

/** A record, and the private folder that it is in. */
export type ListedRecord = SiteRecord & Pick<Site, 'privateDir'>

const recordName = 'worktree.json'

/** The folder of all private git folders of worktrees. */
export function sitesDir({ ownDir }: Repository): string {
  return join(ownDir, 'worktrees')
}

/** The private git folder that belongs to a worktree's folder. */
export function privateDirOf(repository: Repository, dir: string): string {
  const hash = createHash('sha256').update(dir).digest('hex').slice(0, 16)
  return join(sitesDir(repository), `${basename(dir).replace(/[^\w.-]/gu, '-')}-${hash}`)
}

/** Null for none, and for one that a loss of power has torn. */
export async function readRecord(
  { commonDir }: Pick<Repository, 'commonDir'>,
  privateDir: string,
): Promise<SiteRecord | null> {
  const text = await readFile(join(privateDir, recordName), 'utf8').catch(() => '')
  if (!text.endsWith('}\n')) return null
  const record = JSON.parse(text) as SiteRecord
  // The repository may have been moved since.
  const { adminDir } = record
  if (adminDir === null || basename(dirname(adminDir)) !== 'worktrees') return record
  return { ...record, adminDir: join(commonDir, 'worktrees', basename(adminDir)) }
}

export async function writeRecord(
  { power }: Repository,
  privateDir: string,
  record: SiteRecord,
): Promise<void> {
  const { dir, branch, adminDir, worktreeConfig, traits, sparse, populated } = record
  await mkdir(privateDir, { recursive: true })
  const text = JSON.stringify({ dir, branch, adminDir, worktreeConfig, traits, sparse, populated })
  await writeFileAtomically(join(privateDir, recordName), `${text}\n`, { sync: power })
}

/** The records of all worktrees of this repository that Gump knows. */
export async function listRecords(repository: Repository): Promise<readonly ListedRecord[]> {
  const names = await readdir(sitesDir(repository)).catch(() => [])
  const records = await Promise.all(
    names.map(async (name) => {
      const privateDir = join(sitesDir(repository), name)
      const record = await readRecord(repository, privateDir)
      return record === null ? null : { ...record, privateDir }
    }),
  )
  return records.filter((record) => record !== null)
}

/** A git call on the files of a worktree, through its private git folder and the given index. */
export function siteCall(
  repository: Repository,
  { dir, privateDir }: Pick<Site, 'dir' | 'privateDir'>,
  index: string,
): GitCall {
  return {
    ...repository.common,
    cwd: dir,
    env: {
      ...repository.common.env,
      ...objectsEnvironment(repository),
      GIT_CONFIG_COUNT: '0',
      GIT_DIR: privateDir,
      GIT_WORK_TREE: dir,
      GIT_INDEX_FILE: index,
    },
  }
}
