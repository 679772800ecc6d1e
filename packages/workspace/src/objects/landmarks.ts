import type { TreeChange, TreeDiffer } from './tree-differ.js'
import { type ListTree, pathOf } from './tree-listing.js'

/** What in a tree decides how its other files are read and written. */
export interface Landmarks {
  /** Commits of other repositories, by path. */
  readonly gitlinks: ReadonlyMap<string, string>
  /** Paths of the `.gitattributes` files; links of that name do not count, as for git. */
  readonly attributes: readonly string[]
}

/**
 * Finds the landmarks of a tree. The first tree is listed by a git process of its own; others are compared with one that is
 * known.
 */
export type FindLandmarks = (tree: string) => Promise<Landmarks>

export const gitlinkMode = '160000'

/** More trees than these are forgotten. */
const kept = 256

export function createLandmarks(trees: TreeDiffer, listings: ListTree): FindLandmarks {
  const known = new Map<string, Promise<Landmarks>>()
  let last: string | null = null
  return (tree) => {
    const from = last === null ? undefined : known.get(last)
    const found =
      known.get(tree) ??
      (from === undefined
        ? list(tree, listings)
        : follow(trees, last ?? '', from, tree).catch(() => list(tree, listings)))
    if (known.size >= kept) known.clear()
    known.set(tree, found)
    last = tree
    found.catch(() => {
      known.delete(tree)
      if (last === tree) last = null
    })
    return found
  }
}

/** True for a path that git reads attributes from. */
export function isAttributesPath(path: string): boolean {
  return path === '.gitattributes' || path.endsWith('/.gitattributes')
}

async function list(tree: string, listings: ListTree): Promise<Landmarks> {
  const gitlinks = new Map<string, string>()
  const attributes: string[] = []
  for (const record of (await listings(tree)).records) {
    const isLink = record[0] === 0x31 && record[1] === 0x36
    const isFile = record[0] === 0x31 && record[1] === 0x30
    if (!isLink && !(isFile && record.includes('.gitattributes'))) continue
    const path = pathOf(record)
    // `160000 commit <id>`
    if (isLink) gitlinks.set(path, record.toString('latin1', 14, record.indexOf(0x09)))
    else if (isAttributesPath(path)) attributes.push(path)
  }
  return { gitlinks, attributes }
}

async function follow(
  trees: TreeDiffer,
  from: string,
  known: Promise<Landmarks>,
  to: string,
): Promise<Landmarks> {
  const changes = await trees.list(from, to)
  return withChanges(await known, changes)
}

function withChanges(before: Landmarks, changes: readonly TreeChange[]): Landmarks {
  const gitlinks = new Map(before.gitlinks)
  const attributes = new Set(before.attributes)
  for (const { path, newMode, newOid } of changes) {
    gitlinks.delete(path)
    if (newMode === gitlinkMode) gitlinks.set(path, newOid)
    if (!isAttributesPath(path)) continue
    attributes.delete(path)
    if (newMode.startsWith('100')) attributes.add(path)
  }
  return { gitlinks, attributes: [...attributes] }
}
