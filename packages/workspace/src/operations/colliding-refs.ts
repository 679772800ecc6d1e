import { join } from 'node:path'

import { packedRefs } from '../objects/ref-files.js'
import type { Repository } from '../repository/repository.js'
import { lstat } from '../repository/small-files.js'

/** Where Gump keeps branches and refs; git cannot have a ref of the same name as a folder of refs. */
const folders = ['refs/heads/gump', 'refs/gump', 'refs/gump-heads', 'refs/gump-heads/gump']

/** Refs of the user's that leave no place for Gump's. */
export async function collidingRefs({ refs, commonDir, files }: Repository): Promise<readonly string[]> {
  const names = new Set(files ? await packedNames(commonDir) : await listedNames(refs))
  const found = await Promise.all(
    // A file system that ignores case has a file there that git lists by another name.
    folders.map(async (folder) => names.has(folder) || (files && (await isFile(join(commonDir, folder))))),
  )
  return folders.filter((_, index) => found[index])
}

async function packedNames(commonDir: string): Promise<readonly string[]> {
  return (await packedRefs(commonDir)).map((line) => line.slice(line.indexOf(' ') + 1))
}

async function listedNames(refs: Repository['refs']): Promise<readonly string[]> {
  const listed = await Promise.all(folders.slice(0, 3).map((folder) => refs.list(folder)))
  return listed.flat().map(({ ref }) => ref)
}

function isFile(path: string): Promise<boolean> {
  return lstat(path).then(
    (stats) => !stats.isDirectory(),
    () => false,
  )
}
