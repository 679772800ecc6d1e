import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { GumpError } from '@gump/errors'

/** Top of the repository that `folder` is in, or null. A worktree's `.git` is a file. */
export function repositoryRoot(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at
    if (dirname(at) === at) return null
  }
}

/** Top of the repository that `folder` is in. */
export function requireRepository(folder: string): string {
  const root = repositoryRoot(folder)
  if (root === null)
    throw new GumpError('GUMP-P001', `${folder} is not in a git repository`, { data: { folder } })
  return root
}
