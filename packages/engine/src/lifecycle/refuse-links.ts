import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { GumpError, whileDoing } from '@gump/errors'

/**
 * Ledgers and worktrees of a run go where these lead, and what is below them is removed: a repository could have anything
 * there.
 *
 * @throws GumpError `GUMP-P013`
 */
export function refuseLinks(root: string): void {
  for (const path of ['.gump', '.gump/runs', '.gump/worktrees']) {
    const place = join(root, path)
    const stats = whileDoing({ doing: 'looking for the folders of Gump', path: place }, () =>
      lstatSync(place, { throwIfNoEntry: false }),
    )
    if (stats?.isSymbolicLink() !== true) continue
    throw new GumpError('GUMP-P013', `${path} is a symbolic link`, {
      data: { path: place },
      remedy: `remove it: git rm --cached --ignore-unmatch ${path}; rm ${path}`,
    })
  }
}
