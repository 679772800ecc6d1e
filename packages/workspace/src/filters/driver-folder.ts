import { randomUUID } from 'node:crypto'
import { access, mkdir, readdir, rename, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { joinRecords, splitRecords } from '../git/path-bytes.js'
import { demandGit } from '../git/run-git.js'
import { removeFolder } from '../repository/remove-folder.js'
import type { Repository } from '../repository/repository.js'

/** Folders that no run has used for this long are removed. */
const forgottenMs = 30 * 86_400_000

/** Git LFS reads it from the top of the working tree. */
const lfsConfig = '.lfsconfig'

/**
 * The folder that drivers run in: the files of the commit that the run began with, so that a script of the repository is
 * never one that an agent has written. Files that are filtered themselves are not there: a driver gets their content.
 *
 * @param whole - false: the drivers need no file of the repository.
 */
export async function driverFolder(repository: Repository, tree: string, whole: boolean): Promise<string> {
  const all = join(repository.ownDir, 'filters')
  await mkdir(all, { recursive: true })
  const folder = join(all, `${tree}${whole ? '' : '-lfs'}`)
  if (await isThere(folder)) {
    const now = repository.now() / 1000
    await utimes(folder, now, now)
    return folder
  }
  await sweep(repository, all)
  const fresh = join(all, `.${randomUUID()}`)
  await mkdir(fresh)
  if (whole) await writeFiles(repository, tree, fresh)
  else {
    const content = await repository.objects.blobAt(tree, lfsConfig)
    if (content !== null) await writeFile(join(fresh, lfsConfig), content)
  }
  try {
    await rename(fresh, folder)
  } catch (error) {
    // Another process was first.
    await removeFolder(fresh)
    if (!(await isThere(folder))) throw error
  }
  return folder
}

async function isThere(folder: string): Promise<boolean> {
  return access(folder).then(
    () => true,
    () => false,
  )
}

async function writeFiles(repository: Repository, tree: string, folder: string): Promise<void> {
  const bare = await repository.bare()
  const index = `${folder}.index`
  const call = {
    cwd: folder,
    env: { ...bare.env, GIT_WORK_TREE: folder, GIT_INDEX_FILE: index },
  }
  try {
    await demandGit(['read-tree', tree], call)
    const paths = await demandGit(['ls-files', '-z'], call)
    const filtered = await filteredPaths(call, paths, true)
    if (filtered.length > 0) {
      const input = joinRecords(filtered.map(({ path }) => path))
      await demandGit(['update-index', '--force-remove', '-z', '--stdin'], { ...call, input })
    }
    await demandGit(['checkout-index', '--all', '--quiet'], call)
  } finally {
    await removeFolder(index)
  }
}

/** Of NUL-terminated paths, those with a filter; `cached`: by the attributes in the index alone. */
export async function filteredPaths(
  call: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
  paths: Uint8Array,
  cached: boolean,
): Promise<readonly { readonly path: Buffer; readonly filter: string }[]> {
  const args = ['check-attr', ...(cached ? ['--cached'] : []), '-z', '--stdin', 'filter']
  const records = splitRecords(await demandGit(args, { ...call, input: paths }))
  const found: { path: Buffer; filter: string }[] = []
  for (let at = 0; at + 2 < records.length; at += 3) {
    const filter = records[at + 2]?.toString('utf8') ?? ''
    const path = records[at]
    if (path !== undefined && !['unspecified', 'unset', 'set', ''].includes(filter))
      found.push({ path, filter })
  }
  return found
}

async function sweep(repository: Repository, all: string): Promise<void> {
  for (const name of await readdir(all)) {
    const stats = await stat(join(all, name)).catch(() => null)
    if (stats !== null && repository.now() - stats.mtimeMs > forgottenMs) await removeFolder(join(all, name))
  }
}
