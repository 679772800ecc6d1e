import type { Worktree } from '@gump/workspace'

/** A worktree that is to be set up, with the files of a commit. */
export interface SetupPlace {
  readonly workspace: string
  readonly worktree: Worktree
  readonly commit: string
}
