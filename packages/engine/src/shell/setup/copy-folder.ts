import { constants, type Dirent } from 'node:fs'
import {
  chmod,
  copyFile,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  symlink,
  unlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { relocated } from '@gump/gates'

/** How a copy was made: sharing blocks until one side writes, or byte by byte. */
export type CopyMethod = 'reflink' | 'copy'

export interface CopyRequest {
  readonly from: string
  readonly to: string
  /** Folders that texts and links of the copy lead to, and where they must lead instead. */
  readonly moved: { readonly from: readonly string[]; readonly to: string }
  readonly signal: AbortSignal
  /** Called with the bytes of every file. */
  onBytes(bytes: number): void
}

const AT_ONCE = 16
/** Caches of tools: they know absolute paths, and are made again. */
const CACHES = new Set(['.cache', '.vite', '.vite-temp', '.vitest'])
const MAX_TEXT = 64 * 1024

/**
 * Copies an installed folder. No hard links: two names of one file would let what an agent writes into its worktree reach
 * the user's. Where the file system shares blocks between copies, it does. Absolute links and the start scripts in
 * `.bin`, which name the folder they were installed in, are changed to lead into the copy.
 */
export async function copyFolder(request: CopyRequest): Promise<CopyMethod> {
  const partial = `${request.to}.gump-partial`
  await rm(partial, { recursive: true, force: true })
  const state: State = { request, method: 'reflink' }
  await copyInto(state, request.from, partial)
  await rename(partial, request.to)
  return state.method
}

interface State {
  readonly request: CopyRequest
  method: CopyMethod
}

async function copyInto(state: State, from: string, to: string): Promise<void> {
  state.request.signal.throwIfAborted()
  await mkdir(to, { recursive: true })
  const entries = await readdir(from, { withFileTypes: true })
  const folders: Dirent[] = []
  const files: Dirent[] = []
  for (const entry of entries) {
    if (entry.isDirectory()) {
      if (!CACHES.has(entry.name)) folders.push(entry)
    } else files.push(entry)
  }
  for (let at = 0; at < files.length; at += AT_ONCE) {
    await Promise.all(
      files
        .slice(at, at + AT_ONCE)
        .map(async (entry) => copyOne(state, join(from, entry.name), join(to, entry.name))),
    )
  }
  for (let at = 0; at < folders.length; at += 4) {
    await Promise.all(
      folders.slice(at, at + 4).map(async ({ name }) => copyInto(state, join(from, name), join(to, name))),
    )
  }
}

async function copyOne(state: State, from: string, to: string): Promise<void> {
  const { moved } = state.request
  const found = await lstat(from)
  if (found.isSymbolicLink()) {
    await symlink(relocated(await readlink(from), moved.from, moved.to), to)
    return
  }
  // Sockets, pipes and devices are nobody's dependency.
  if (!found.isFile()) return
  if (state.method === 'reflink') {
    try {
      await copyFile(from, to, constants.COPYFILE_FICLONE_FORCE)
    } catch {
      state.method = 'copy'
      await unlink(to).catch(() => undefined)
      await copyFile(from, to)
    }
  } else await copyFile(from, to)
  state.request.onBytes(found.size)
  if (found.size <= MAX_TEXT && namesItsPlace(from)) {
    const text = await readFile(to, 'utf8')
    const changed = relocated(text, moved.from, moved.to)
    if (changed !== text) await writeFile(to, changed)
    await chmod(to, found.mode & 0o7777)
  }
  await utimes(to, found.atime, found.mtime)
}

function namesItsPlace(path: string): boolean {
  return /\/\.bin\/[^/]+$|\/node_modules\/\.(?:modules\.yaml|yarn-state\.yml|package-lock\.json)$/.test(path)
}
