import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

import type { GitCall } from '../git/run-git.js'
import type { FileSystemTraits } from '../git/settings.js'
import { objectsEnvironment, type Repository } from '../repository/repository.js'
import { writeFileAtomically } from '../repository/write-file.js'
import type { IndexFile } from './index-file.js'

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
  /** The first checkout is complete. */
  readonly populated: boolean
}

/** An open worktree, as the operations see it. */
export interface Site extends SiteRecord {
  readonly adminDir: string
  /** Gump's private git folder for this worktree. */
  readonly privateDir: string
  readonly index: IndexFile
}

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

export async function readRecord(privateDir: string): Promise<SiteRecord | null> {
  try {
    return JSON.parse(await readFile(join(privateDir, recordName), 'utf8')) as SiteRecord
  } catch {
    return null
  }
}

export async function writeRecord(privateDir: string, record: SiteRecord): Promise<void> {
  const { dir, branch, adminDir, worktreeConfig, traits, populated } = record
  await mkdir(privateDir, { recursive: true })
  const text = JSON.stringify({ dir, branch, adminDir, worktreeConfig, traits, populated })
  await writeFileAtomically(join(privateDir, recordName), `${text}\n`)
}

/** The records of all worktrees of this repository that Gump knows. */
export async function listRecords(repository: Repository): Promise<readonly SiteRecord[]> {
  const names = await readdir(sitesDir(repository)).catch(() => [])
  const records = await Promise.all(names.map((name) => readRecord(join(sitesDir(repository), name))))
  return records.filter((record) => record !== null)
}

/** A git call on the files of a worktree, through its private git folder and the given index. */
export function siteCall(
  repository: Repository,
  { dir, privateDir }: Pick<Site, 'dir' | 'privateDir'>,
  index: string,
): GitCall {
  return {
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
