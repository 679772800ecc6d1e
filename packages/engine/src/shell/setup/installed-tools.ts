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
export async function rememberInstalled(
  context: Pick<RunContext, 'dir' | 'workspace'>,
  { dir, commit }: { readonly dir: string; readonly commit: string },
): Promise<void> {
  const folders = await withoutSources(context, commit, await foldersOf(dir))
  // Also when there are none: what is there later was put there by another program.
  storeManifest(fileFor(context, dir), { folders, files: await takeManifest(dir, folders) })
}

/** Paths of installed tools that are not as the set-up has left them. Empty without a set-up. */
export async function whatChanged(context: Pick<RunContext, 'dir'>, dir: string): Promise<string[]> {
  const known = loadManifest(fileFor(context, dir))
  if (known === null || known.folders.length === 0) return []
  await removeCaches(dir, known.folders)
  return differences(known.files, await takeManifest(dir, known.folders))
}

/**
 * Folders of tools that the set-up has not made, and that no commit would show: `node_modules` and `.venv` where there
 * were none. What is looked up there first would be the attempt's.
 */
export async function addedFolders(
  context: Pick<RunContext, 'dir' | 'settings' | 'workspace'>,
  { dir, commit }: { readonly dir: string; readonly commit: string },
): Promise<string[]> {
  const known = loadManifest(fileFor(context, dir))
  if (known === null || context.settings.worktree.setup === 'off') return []
  const added = (await foldersOf(dir)).filter(
    (folder) => /(?:^|\/)(?:node_modules|\.venv)$/.test(folder) && !known.folders.includes(folder),
  )
  if (added.length === 0) return []
  const tracked = await context.workspace.listFilesAt(commit)
  return added.filter((folder) => !tracked.some((path) => path.startsWith(`${folder}/`)))
}

/** Removes what the set-up has installed, and further folders, so that it can be installed again. */
export async function removeInstalled(
  context: Pick<RunContext, 'dir'>,
  dir: string,
  further: readonly string[] = [],
): Promise<void> {
  for (const folder of [...(loadManifest(fileFor(context, dir))?.folders ?? []), ...further]) {
    if (existsSync(join(dir, folder))) await rm(join(dir, folder), { recursive: true, force: true })
  }
}

/** Folders such as `vendor` and `deps` hold sources in many projects, submodules among them: those are nobody's set-up. */
async function withoutSources(
  context: Pick<RunContext, 'workspace'>,
  commit: string,
  folders: readonly string[],
): Promise<string[]> {
  const mayBeSources = folders.filter((folder) => !/(?:^|\/)(?:node_modules|\.venv)$/.test(folder))
  if (mayBeSources.length === 0) return [...folders]
  const tracked = await context.workspace.listFilesAt(commit)
  const sources = new Set(
    mayBeSources.filter((folder) => tracked.some((path) => path === folder || path.startsWith(`${folder}/`))),
  )
  return folders.filter((folder) => !sources.has(folder))
}

async function foldersOf(dir: string): Promise<string[]> {
  const nested = await installedFolders(dir, '', 'node_modules')
  return [...new Set([...(await toolFolders(dir)), ...nested])]
}

function fileFor(context: Pick<RunContext, 'dir'>, dir: string): string {
  return join(context.dir, 'setup', `${basename(dir).replaceAll('.', '-')}-installed.txt`)
}
