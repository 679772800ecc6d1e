import { isAbsolute, join, relative, resolve } from 'node:path'
import type { WorktreesFolder } from '@gump/workspace'
import { runWorkspace } from '@gump/core'
import type { RunState } from '@gump/history'

/** Where worktrees were before they went beside the checkout. */
const formerFolder = '.gump/worktrees'

/** A folder as a run records it: relative where it goes along with the repository, or was named like that. */
export function recordedFolder(root: string, folder: WorktreesFolder, wanted: string | null): string {
  const isTied = folder.from === 'beside' || (wanted !== null && !isAbsolute(wanted))
  return isTied ? relative(root, folder.dir) : folder.dir
}

/** The path below the repository of a folder that is in it, where the user's git would see it. */
export function folderInside(root: string, folder: WorktreesFolder): readonly string[] {
  const path = relative(root, folder.dir)
  return path === '' || path.startsWith('..') || isAbsolute(path) ? [] : [path]
}

/** The folder of a run's worktrees, where the run began. @param recorded - as the run recorded it, if it did */
export function folderOfRun(root: string, recorded: string | null): string {
  return resolve(root, recorded ?? formerFolder)
}

/** True for a run of a version that kept everything below `.gump`. */
export function isAtFormerPlace({ started }: RunState): boolean {
  return started !== null && started.worktrees === undefined
}

/** What the worktree of a workspace is called; a slot is shared by branches one after the other. */
export function worktreeName(runId: string, workspace: string, slot: number | null): string {
  return workspace === runWorkspace ? `run-${runId}` : `run-${runId}.${slot ?? 0}`
}

/** Where agents without a worktree work, and what they are given in files. */
export function scratchRoot(folder: string, runId: string): string {
  return join(folder, `run-${runId}.scratch`)
}
