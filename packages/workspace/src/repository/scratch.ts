import { randomUUID } from 'node:crypto'
import { mkdir, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

import { removeFolder } from './remove-folder.js'

/** Nothing that lasts takes this long. */
const forgottenMs = 3_600_000

/** Gives a path of its own, inside a folder of Gump's, to `work`; whatever is there afterwards is removed. */
export async function withScratch<T>(ownDir: string, work: (path: string) => Promise<T>): Promise<T> {
  const scratch = join(ownDir, 'scratch')
  await mkdir(scratch, { recursive: true })
  const path = join(scratch, randomUUID())
  try {
    return await work(path)
  } finally {
    await removeFolder(path)
  }
}

/** Removes what killed processes have left there. */
export async function sweepScratch(ownDir: string, now: number): Promise<void> {
  const scratch = join(ownDir, 'scratch')
  for (const name of await readdir(scratch).catch(() => [])) {
    const stats = await stat(join(scratch, name)).catch(() => null)
    if (stats !== null && now - stats.mtimeMs > forgottenMs) await removeFolder(join(scratch, name))
  }
}
