import { chooseWorktreesFolder, makeWorktreesFolder, type WorktreesFolder } from '@gump/workspace'
import { folderInside, recordedFolder } from '../shell/worktree-folder.js'
import type { Setup } from './setup.js'

/** Where the worktrees of a new run go. */
export interface WorktreesPlace {
  readonly folder: WorktreesFolder
  /** As the run records it. */
  readonly recorded: string
  /** Paths below the repository that the user's git must not see. */
  readonly inside: readonly string[]
}

/** Chooses the folder; makes nothing. @throws GumpError GUMP-G017 */
export async function placeForWorktrees({ facts, settings, ambient }: Setup): Promise<WorktreesPlace> {
  const wanted = settings.worktree.dir
  const folder = await chooseWorktreesFolder({ repository: facts, home: ambient.home, wanted })
  return {
    folder,
    recorded: recordedFolder(facts.root, folder, wanted),
    inside: folderInside(facts.root, folder),
  }
}

export async function makePlaceForWorktrees(setup: Setup): Promise<string> {
  const { folder, inside } = await placeForWorktrees(setup)
  await makeWorktreesFolder(folder)
  if (inside.length > 0) await setup.workspace.excludeOwnFolders(inside)
  return folder.dir
}
