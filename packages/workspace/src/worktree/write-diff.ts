import { randomUUID } from 'node:crypto'
import { closeSync, fstatSync, fsync, ftruncateSync, openSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

import { isGumpError } from '@gump/errors'

import { demandGit } from '../git/run-git.js'
import { gitlinkMode } from '../objects/landmarks.js'
import { patchFlags } from '../objects/tree-differ.js'
import type { Repository } from '../repository/repository.js'
import { mkdir, rename, rm } from '../repository/small-files.js'
import { declaredAt } from '../submodules/declarations.js'
import { findStore } from '../submodules/store.js'

const emptyTrees = {
  sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
}

/**
 * Writes the unified diff between two commits to a file, complete or not at all, and returns its size in bytes. It
 * is written piece by piece, so the size does not matter.
 */
export async function writeDiff(
  repository: Repository,
  from: string,
  to: string,
  file: string,
): Promise<number> {
  const trees = await Promise.all([from, to].map(async (id) => (await repository.objects.commit(id)).tree))
  await mkdir(dirname(file), { recursive: true })
  const temporary = `${file}.${randomUUID()}`
  // Every writer appends at the end: what git writes itself follows what was poured.
  const fd = openSync(temporary, 'ax')
  try {
    await writeChanges(repository, trees[0] ?? '', trees[1] ?? '', { prefix: '', fd })
    if (repository.power) await promisify(fsync)(fd)
    const { size } = fstatSync(fd)
    await rename(temporary, file)
    return size
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  } finally {
    closeSync(fd)
  }
}

async function writeChanges(
  repository: Repository,
  from: string,
  to: string,
  into: { readonly prefix: string; readonly fd: number },
): Promise<void> {
  const { prefix, fd } = into
  const poured = prefix === '' && (await pourPatch(repository, { from, to, fd }))
  if (!poured) {
    const names = [`--src-prefix=a/${prefix}`, `--dst-prefix=b/${prefix}`]
    await demandGit([...patchFlags, ...names, from, to], { ...(await repository.bare()), stdoutFd: fd })
  }
  for (const { path, oldMode, oldOid, newMode, newOid } of await repository.trees.list(from, to)) {
    if (newMode !== gitlinkMode || /\p{Surrogate}/u.test(path)) continue
    const declaration = (await declaredAt(repository, to)).get(path)
    const store = declaration === undefined ? null : await findStore(repository, declaration)
    if (store === null) continue
    const before = oldMode === gitlinkMode ? await treeOf(store, oldOid) : emptyTrees[store.format]
    const after = await treeOf(store, newOid)
    if (before !== null && after !== null) {
      await writeChanges(store, before, after, { prefix: `${prefix}${path}/`, fd })
    }
  }
}

/** False when git ended meanwhile; the file is empty then, as before. */
async function pourPatch(
  { trees }: Repository,
  { from, to, fd }: { readonly from: string; readonly to: string; readonly fd: number },
): Promise<boolean> {
  try {
    await trees.patch(from, to, (bytes) => writeFileSync(fd, bytes))
    return true
  } catch (error) {
    if (!isGumpError(error)) throw error
    ftruncateSync(fd, 0)
    return false
  }
}

/** Null for a commit that the user's repository of the submodule does not have. */
async function treeOf(store: Repository, commit: string): Promise<string | null> {
  return (await store.objects.find(commit)) === null ? null : (await store.objects.commit(commit)).tree
}
