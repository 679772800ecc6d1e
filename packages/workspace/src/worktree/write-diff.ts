import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

import { demandGit } from '../git/run-git.js'
import type { Repository } from '../repository/repository.js'

const flags = [
  'diff-tree',
  '-r',
  '--patch',
  '--binary',
  '--full-index',
  '--find-renames',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--src-prefix=a/',
  '--dst-prefix=b/',
]

/**
 * Writes the unified diff between two commits to a file, complete or not at all, and returns its size in bytes. git
 * writes into the file itself, so the size does not matter.
 */
export async function writeDiff(
  repository: Repository,
  from: string,
  to: string,
  file: string,
): Promise<number> {
  const call = await repository.bare()
  for (const id of [from, to]) await repository.objects.commit(id)
  await mkdir(dirname(file), { recursive: true })
  const temporary = `${file}.${randomUUID()}`
  const handle = await open(temporary, 'wx')
  try {
    await demandGit([...flags, from, to], { ...call, stdoutFd: handle.fd })
    if (repository.power) await handle.sync()
    const { size } = await handle.stat()
    await rename(temporary, file)
    return size
  } finally {
    await handle.close()
    await rm(temporary, { force: true })
  }
}
