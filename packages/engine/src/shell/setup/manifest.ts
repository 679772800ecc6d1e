import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { lstat, readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Folders that tools are looked up in, and that git does not see. */
const TOOL_FOLDERS = ['node_modules', '.venv', 'vendor', 'deps']
/** What tools write while they work; it is removed before it could change what they do. */
const CACHES = new Set(['.cache', '.vite', '.vite-temp', '.vitest'])
const COMPILED = /^__pycache__$/
const AT_ONCE = 32

/** What the set-up has installed: path → what changes with every write, which nobody can set back. */
export type Manifest = Readonly<Record<string, string>>

/** Looks through the folders that the set-up has made in a worktree. */
export async function takeManifest(dir: string, folders: readonly string[]): Promise<Manifest> {
  const manifest: Record<string, string> = {}
  const look = async (path: string): Promise<void> => {
    const entries = await readdir(join(dir, path), { withFileTypes: true }).catch(() => [])
    const files: string[] = []
    for (const entry of entries) {
      const inner = `${path}/${entry.name}`
      if (!entry.isDirectory()) files.push(inner)
      else if (!CACHES.has(entry.name) && !COMPILED.test(entry.name)) await look(inner)
    }
    for (let at = 0; at < files.length; at += AT_ONCE) {
      await Promise.all(
        files.slice(at, at + AT_ONCE).map(async (file) => {
          const found = await lstat(join(dir, file), { bigint: true }).catch(() => null)
          if (found !== null) manifest[file] = `${found.ino} ${found.size} ${found.mode} ${found.ctimeNs}`
        }),
      )
    }
  }
  for (const folder of folders) await look(folder)
  return manifest
}

/** Paths that are not as they were: changed, gone, or new. */
export function differences(before: Manifest, now: Manifest): string[] {
  const changed = Object.keys(before).filter((path) => before[path] !== now[path])
  const added = Object.keys(now).filter((path) => !Object.hasOwn(before, path))
  return [...changed, ...added].toSorted()
}

/** Removes caches of tools from the folders of a manifest. */
export async function removeCaches(dir: string, folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    for (const cache of CACHES) await rm(join(dir, folder, cache), { recursive: true, force: true })
  }
}

/** Folders of a worktree's root that tools would be looked up in, if they are there. */
export async function toolFolders(dir: string): Promise<string[]> {
  const found = await Promise.all(
    TOOL_FOLDERS.map(async (name) =>
      (await lstat(join(dir, name)).catch(() => null)) === null ? [] : [name],
    ),
  )
  return found.flat()
}

export interface StoredManifest {
  readonly folders: readonly string[]
  readonly files: Manifest
}

export function storeManifest(file: string, manifest: StoredManifest): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(manifest))
}

export function loadManifest(file: string): StoredManifest | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as StoredManifest
  } catch {
    return null
  }
}
