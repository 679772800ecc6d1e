import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Top of the repository that `folder` is in, or null. A worktree's `.git` is a file. */
export function repositoryRoot(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at
    if (dirname(at) === at) return null
  }
}
