import { type Diagnostic, GumpError, listFirst } from '@gump/errors'
import type { Setup } from './setup.js'

/**
 * What must be true of the repository before a run may start: no changes to tracked files unless allowed. Untracked
 * files, which agents will not see, are a warning that names them.
 *
 * @param request - `runFilters: false` for a plan: the content filters of the repository are programs.
 * @throws GumpError `GUMP-P003`, `GUMP-P014`
 */
export async function checkWorkingTree(
  setup: Setup,
  request: { readonly allowDirty: boolean; readonly specPath: string | null; readonly runFilters?: boolean },
): Promise<readonly Diagnostic[]> {
  await demandPlaceForRefs(setup)
  const { tracked, untracked } = await setup.workspace.changes({
    runFilters: request.runFilters ?? true,
  })
  if (tracked.length > 0 && !request.allowDirty) {
    throw new GumpError('GUMP-P003', `tracked files have uncommitted changes: ${listFirst(tracked, 8)}`, {
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

/**
 * git cannot have `gump` and `gump/run-…` side by side.
 *
 * @throws GumpError `GUMP-P014`
 */
export async function demandPlaceForRefs({ workspace }: Setup): Promise<void> {
  const [ref] = await workspace.collidingRefs()
  if (ref === undefined) return
  const branch = ref === 'refs/heads/gump'
  const what = branch ? 'there is a branch "gump"' : `there is a ref ${ref}`
  throw new GumpError('GUMP-P014', `${what}, where the branches and refs of runs go`, {
    data: { ref },
    remedy: branch
      ? 'rename it: git branch -m gump NAME'
      : `keep it under another name: git update-ref refs/heads/NAME ${ref} && git update-ref -d ${ref}`,
  })
}

function warn(files: readonly string[], what: string): Diagnostic[] {
  if (files.length === 0) return []
  return [{ code: 'GUMP-P003', severity: 'warning', message: `${what} ${listFirst(files, 8)}` }]
}
