import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { attemptFolder, type LaunchId } from '@gump/ledger'
import type { RunContext } from './run-context.js'
import { isAtFormerPlace, scratchRoot } from './worktree-folder.js'

/** What tells where the folders of a launch are. */
type Scratch = Pick<RunContext, 'dir' | 'journal' | 'runId' | 'worktrees'>

/** What one launch has beside its worktree: where an agent without one works, and files that it is given. */
async function launchFolder(context: Scratch, launch: LaunchId): Promise<string> {
  const path = attemptFolder(launch)
  if (isAtFormerPlace(context.journal.state)) return join(context.dir, path)
  // Not below the checkout, where tools would find what agents write.
  return join(scratchRoot(await context.worktrees.folder(), context.runId), path.replace(/^artifacts\//, ''))
}

/** Where an agent without a worktree works: an empty folder that holds `.gump/out/`. */
export async function scratchFolder(context: Scratch, launch: LaunchId): Promise<string> {
  return join(await launchFolder(context, launch), 'scratch')
}

export async function emptyScratchFolder(context: Scratch, launch: LaunchId): Promise<string> {
  const folder = await scratchFolder(context, launch)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, '.gump', 'out'), { recursive: true, mode: 0o700 })
  return folder
}

/** Where the files go that an adapter gives its program. */
export async function filesFolder(context: Scratch, launch: LaunchId): Promise<string> {
  return join(await launchFolder(context, launch), 'files')
}

/** What an agent left there and was not collected is not wanted. */
export async function removeScratch(context: Scratch, launch: LaunchId): Promise<void> {
  for (const folder of [await scratchFolder(context, launch), await filesFolder(context, launch)]) {
    rmSync(folder, { recursive: true, force: true })
  }
}
