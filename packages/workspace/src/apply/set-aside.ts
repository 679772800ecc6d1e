import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { encodePath } from '../git/path-bytes.js'

/** Removes files while `work` fills their places; puts those back that it left empty when it fails. */
export async function setAside<T>(
  root: string,
  paths: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  const files = paths.map((path) => encodePath(join(root, path)))
  const contents = await Promise.all(files.map((file) => readFile(file)))
  for (const file of files) await rm(file)
  try {
    return await work()
  } catch (error) {
    for (const [index, file] of files.entries()) {
      await writeFile(file, contents[index] ?? '', { flag: 'wx' }).catch(() => {})
    }
    throw error
  }
}
