import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmdirSync } from 'node:fs'
import { chmod, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isAlive, startedAt } from '../kernel/identity.js'

/** The folders that one sandboxed program has for itself while it runs. */
export interface PrivateTemp {
  /** Stands in for `/tmp`: for everybody in the sandbox. */
  readonly temp: string
  /** Stands in for the folder of the user's sockets. */
  readonly runtime: string
  remove(): Promise<void>
}

const PREFIX = 'gump-tmp-'

/** Makes them below `tempDir`, in a folder that tells by its name whose they are. */
export function makePrivateTemp(tempDir: string): PrivateTemp {
  const folder = mkdtempSync(join(tempDir, `${PREFIX}${process.pid}.${startedAt(process.pid) ?? 0}-`))
  const temp = join(folder, 'tmp')
  const runtime = join(folder, 'run')
  mkdirSync(temp)
  chmodSync(temp, 0o1777)
  mkdirSync(runtime, { mode: 0o700 })
  const remove = async (): Promise<void> => {
    if (!removeEmpty([temp, runtime, folder])) await removeFolder(folder)
  }
  return { temp, runtime, remove }
}

/** Most programs leave nothing; false where there is more than these folders. */
function removeEmpty(folders: readonly string[]): boolean {
  try {
    for (const folder of folders) rmdirSync(folder)
    return true
  } catch {
    return false
  }
}

/** Removes what engines that are dead left behind. */
export async function sweepPrivateTemps(tempDir: string): Promise<void> {
  for (const name of readdirSync(tempDir)) {
    const match = /^gump-tmp-(\d+)\.(\d+)-/.exec(name)
    if (match === null) continue
    const [, pid, pidStart = ''] = match
    const folder = join(tempDir, name)
    if (isAlive({ pid: Number(pid), pidStart })) continue
    const stats = lstatSync(folder)
    if (stats.isDirectory() && stats.uid === process.getuid?.()) await removeFolder(folder)
  }
}

/** Programs leave folders that forbid writing; what cannot be removed even so stays for the system to clean up. */
async function removeFolder(folder: string): Promise<void> {
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 2 })
  await remove()
    .catch(async () => {
      await openFolders(folder)
      await remove()
    })
    .catch(() => {})
}

async function openFolders(folder: string): Promise<void> {
  await chmod(folder, 0o700).catch(() => {})
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    if (entry.isDirectory()) await openFolders(join(folder, entry.name))
  }
}
