import { GumpError } from '@gump/errors'

import { joinRecords } from '../git/path-bytes.js'
import { isAttributesPath } from '../objects/landmarks.js'
import type { TreeChange } from '../objects/tree-differ.js'
import type { Repository } from '../repository/repository.js'
import { type Site, siteCall } from '../worktree/site.js'
import { filterNames } from './attribute-lines.js'
import { configuredDrivers } from './configured-drivers.js'
import { filteredPaths } from './driver-folder.js'
import { isFiltering } from './filtering-git.js'

/**
 * Refuses what would not be recorded as the user's own `git add` records it: attributes that name a driver of the user's
 * that the run did not begin with, and files whose filter is decided by a `.gitattributes` that is not in the tree.
 *
 * @throws GumpError GUMP-G013
 */
export async function demandKnownFilters(
  repository: Repository,
  site: Site,
  changes: readonly TreeChange[],
): Promise<void> {
  if (site.filters === null) return
  await demandKnownNames(repository, site, changes)
  if (isFiltering(site.filters)) await demandVisibleAttributes(repository, site, changes)
}

async function demandKnownNames(
  repository: Repository,
  { filters, dir }: Site,
  changes: readonly TreeChange[],
): Promise<void> {
  const known = new Set(filters?.names)
  for (const { path, newMode, newOid } of changes) {
    if (!isAttributesPath(path) || !newMode.startsWith('100')) continue
    const text = (await repository.objects.blob(newOid))?.toString('utf8') ?? ''
    const added = [...new Set(filterNames(text))].filter((name) => !known.has(name))
    if (added.length === 0) continue
    const { drivers } = configuredDrivers(await repository.configuration.read())
    const name = added.find((candidate) => drivers.has(candidate))
    if (name === undefined) continue
    throw new GumpError(
      'GUMP-G013',
      `${JSON.stringify(path)} sends files through the content filter "${name}", which the run did not begin with`,
      {
        data: { path, filter: name, dir },
        remedy: `name the filter in a commit of your own and start a new run, or take it out of ${path} in ${dir} and resume`,
      },
    )
  }
}

async function demandVisibleAttributes(
  repository: Repository,
  site: Site,
  changes: readonly TreeChange[],
): Promise<void> {
  const files = changes.filter(({ newMode }) => newMode.startsWith('100')).map(({ path }) => path)
  if (files.length === 0) return
  const call = siteCall(repository, site, site.index.file)
  const paths = joinRecords(files)
  const [onDisk, inTree] = await Promise.all(
    [false, true].map(async (cached) => {
      const found = await filteredPaths(call, paths, cached)
      return new Map(found.map(({ path, filter }) => [path.toString('latin1'), { path, filter }]))
    }),
  )
  for (const key of new Set([...(onDisk?.keys() ?? []), ...(inTree?.keys() ?? [])])) {
    const one = onDisk?.get(key)
    const other = inTree?.get(key)
    if (one?.filter === other?.filter) continue
    const path = (one ?? other)?.path.toString('utf8') ?? ''
    throw new GumpError(
      'GUMP-G013',
      `the content filter of ${JSON.stringify(path)} is decided by a .gitattributes file that is not recorded`,
      {
        data: { path, dir: site.dir },
        remedy: `remove the ignored .gitattributes above that file in ${site.dir}, and resume`,
      },
    )
  }
}
