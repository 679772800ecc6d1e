import { type Diagnostic, GumpError } from '@gump/errors'
import type { Setup } from './setup.js'

/**
 * What must be true of the repository before a run may start: no changes to tracked files unless allowed. Untracked
 * files, which agents will not see, are a warning that names them.
 *
 * @throws GumpError `GUMP-P003`
 */
export async function checkWorkingTree(
  setup: Setup,
  request: { readonly allowDirty: boolean; readonly specPath: string | null },
): Promise<readonly Diagnostic[]> {
  const { tracked, untracked } = await setup.workspace.changes()
  if (tracked.length > 0 && !request.allowDirty) {
    throw new GumpError('GUMP-P003', `tracked files have uncommitted changes: ${listed(tracked)}`, {
      data: { files: tracked },
      remedy: 'commit or stash them, or pass --allow-dirty; agents will not see them',
    })
  }
  const unseen = untracked.filter(
    (path) => path !== request.specPath && path !== 'gump.toml' && !path.startsWith('.gump/'),
  )
  return [
    ...warn(tracked, 'agents will not see your uncommitted changes to'),
    ...warn(unseen, 'agents will not see the untracked files'),
  ]
}

function warn(files: readonly string[], what: string): Diagnostic[] {
  if (files.length === 0) return []
  return [{ code: 'GUMP-P003', severity: 'warning', message: `${what} ${listed(files)}` }]
}

function listed(files: readonly string[]): string {
  return files.length <= 8 ? files.join(', ') : `${files.slice(0, 8).join(', ')} and ${files.length - 8} more`
}
