import { isAbsolute, join, relative, resolve } from 'node:path'
import { runWorkspace } from '../core/decide.js'
import type { RunState } from '../core/state.js'

const defaultFolder = '.gump/worktrees'

/** The folder that the settings name, as a run records it: relative to the repository; absent for the default. */
export function recordedFolder(root: string, dir: string | null): { readonly worktrees?: string } {
  return dir === null ? {} : { worktrees: relative(root, resolve(root, dir)) }
}

/** Where the user's git would see that folder: its path below the repository, if it is there. */
export function folderInside(root: string, dir: string | null): readonly string[] {
  const { worktrees = '' } = recordedFolder(root, dir)
  return worktrees === '' || worktrees.startsWith('..') || isAbsolute(worktrees) ? [] : [worktrees]
}

/** The worktree of a workspace of a run, where the run began; a slot is shared by branches one after the other. */
export function worktreePath(
  root: string,
  runId: string,
  { started }: RunState,
  workspace: string,
  slot: number | null,
): string {
  const name = workspace === runWorkspace ? `run-${runId}` : `run-${runId}.${slot ?? 0}`
  return join(resolve(root, started?.worktrees ?? defaultFolder), name)
}
