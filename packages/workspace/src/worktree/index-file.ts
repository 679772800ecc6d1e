import { createHash, randomUUID } from 'node:crypto'
import { constants, copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { copyFile as copyAtOnce, link, readdir, rename, rm, stat, utimes } from '../repository/small-files.js'
import { settleOrphans } from './orphans.js'

/** Gump's own index of a worktree: it keeps the stat cache, so that a step does not read every file again. */
export interface IndexFile {
  /** Differs from process to process: a git that outlived its engine holds the lock of another file. */
  readonly file: string
  /** The index as it was when its tree was last that of HEAD. */
  readonly headFile: string
  /** The tree that `file` holds; null: not known. */
  tree: string | null
  /** The tree that `headFile` holds; null: not known. */
  headTree: string | null
  /** The index in the worktree's own git folder as Gump wrote it; null: not known. */
  published: string | null
}

/** Copying a larger one takes longer than going by way of Node's thread pool. */
const copiedAtOnce = 256 * 1024

/** Takes over the index that the last process left, if there is one and it is whole. */
export async function openIndex(privateDir: string, algorithm: 'sha1' | 'sha256'): Promise<IndexFile> {
  await settleOrphans(privateDir)
  const found: { path: string; at: number }[] = []
  for (const name of await readdir(privateDir)) {
    const path = join(privateDir, name)
    if (name.startsWith('index-')) found.push({ path, at: (await stat(path)).mtimeMs })
    if (name.startsWith('head-')) await rm(path, { force: true })
  }
  const file = join(privateDir, `index-${randomUUID()}`)
  const [latest, ...older] = found.toSorted((a, b) => b.at - a.at)
  if (latest !== undefined) {
    if (await isWhole(latest.path, algorithm)) await rename(latest.path, file)
    else older.push(latest)
  }
  for (const { path } of older) await rm(path, { force: true })
  const headFile = join(privateDir, `head-${randomUUID()}`)
  return { file, headFile, tree: null, headTree: null, published: null }
}

/** An index ends with the hash of what comes before, or with zeros where the user turned that off. */
async function isWhole(file: string, algorithm: 'sha1' | 'sha256'): Promise<boolean> {
  const content = await readFile(file)
  const length = algorithm === 'sha1' ? 20 : 32
  if (content.length < 12 + length || content.toString('latin1', 0, 4) !== 'DIRC') return false
  const hash = content.subarray(-length)
  return (
    hash.every((byte) => byte === 0) ||
    createHash(algorithm).update(content.subarray(0, -length)).digest().equals(hash)
  )
}

/** A string that changes when the file is replaced or written to. */
export async function fileStamp(file: string): Promise<string | null> {
  const stats = await stat(file, { bigint: true }).catch(() => null)
  return stats === null ? null : `${stats.ino}:${stats.size}:${stats.mtimeNs}`
}

/** Notes that `file` now is the index of HEAD's tree. git replaces its index, so a link keeps the present content. */
export async function keepAsHead(index: IndexFile): Promise<void> {
  const fresh = `${index.headFile}-fresh`
  await rm(fresh, { force: true })
  await link(index.file, fresh).catch(() => copyIndex(index.file, fresh))
  await rename(fresh, index.headFile)
  // Renaming one link of a file over another one does nothing, and leaves the first.
  await rm(fresh, { force: true })
  index.headTree = index.tree
}

/** Copies an index without making it look younger: git tells files changed in the same instant by the index's time. */
export async function copyIndex(from: string, to: string): Promise<void> {
  const { mtimeMs, size } = await stat(from)
  const temporary = `${to}.${randomUUID()}`
  if (size <= copiedAtOnce) await copyAtOnce(from, temporary)
  else await copyFile(from, temporary, constants.COPYFILE_FICLONE)
  const time = Math.floor(mtimeMs - 1) / 1000
  await utimes(temporary, time, time)
  await rename(temporary, to)
}
