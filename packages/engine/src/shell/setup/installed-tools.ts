import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { RunContext } from '../run-context.js'
import { installedFolders } from './installed-folders.js'
import {
  differences,
  loadManifest,
  removeCaches,
  storeManifest,
  takeManifest,
  toolFolders,
} from './manifest.js'

/** Takes down what the set-up has installed, outside of the worktree, so that changes are noticed. */
export async function rememberInstalled(context: RunContext, dir: string): Promise<void> {
  const folders = await foldersOf(dir)
  if (folders.length === 0) return
  storeManifest(fileFor(context, dir), { folders, files: await takeManifest(dir, folders) })
}

/** Paths of installed tools that are not as the set-up has left them. Empty without a set-up. */
export async function whatChanged(context: RunContext, dir: string): Promise<string[]> {
  const known = loadManifest(fileFor(context, dir))
  if (known === null || known.folders.length === 0) return []
  await removeCaches(dir, known.folders)
  return differences(known.files, await takeManifest(dir, known.folders))
}

/** Removes what the set-up has installed, so that it can be installed again. */
export async function removeInstalled(context: RunContext, dir: string): Promise<void> {
  for (const folder of loadManifest(fileFor(context, dir))?.folders ?? []) {
    if (existsSync(join(dir, folder))) await rm(join(dir, folder), { recursive: true, force: true })
  }
}

async function foldersOf(dir: string): Promise<string[]> {
  const nested = await installedFolders(dir, '', 'node_modules')
  return [...new Set([...(await toolFolders(dir)), ...nested])]
}

function fileFor(context: RunContext, dir: string): string {
  return join(context.dir, 'setup', `${basename(dir).replaceAll('.', '-')}-installed.txt`)
}
