import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { attemptFolder, type LaunchId } from '@gump/ledger'
import type { RunContext } from './run-context.js'

/** Where an agent without a worktree works: an empty folder that holds `.gump/out/`. */
export function scratchFolder(context: Pick<RunContext, 'dir'>, launch: LaunchId): string {
  return join(context.dir, attemptFolder(launch), 'scratch')
}

export function emptyScratchFolder(context: Pick<RunContext, 'dir'>, launch: LaunchId): string {
  const folder = scratchFolder(context, launch)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, '.gump', 'out'), { recursive: true })
  return folder
}
