import type { SharedMode } from './shared-mode.js'

/** What never changes while a repository is open. */
export interface RepositoryPlace {
  /** Top of the user's working tree. */
  readonly root: string
  /** The `.git` folder of the user's working tree. */
  readonly gitDir: string
  /** The `.git` folder that all worktrees share. */
  readonly commonDir: string
  readonly format: 'sha1' | 'sha256'
  /** Refs are files, or a table that only git reads. */
  readonly files: boolean
  /** Who may read and write what is added to it; null: the umask decides. */
  readonly shared: SharedMode | null
}
