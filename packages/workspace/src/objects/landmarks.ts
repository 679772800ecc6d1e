import { decodePath, splitRecords } from '../git/path-bytes.js'
import { demandGit, type GitCall } from '../git/run-git.js'

/** What in a tree decides how its other files are read and written. */
export interface Landmarks {
  /** Commits of other repositories, by path. */
  readonly gitlinks: ReadonlyMap<string, string>
  /** Paths of the `.gitattributes` files; links of that name do not count, as for git. */
  readonly attributes: readonly string[]
}

/** Finds the landmarks of a tree. One git process for each tree, and none for one that was asked about before. */
export type FindLandmarks = (tree: string) => Promise<Landmarks>

/** A tree more than these is asked about anew. */
const kept = 64

export function createLandmarks(call: GitCall): FindLandmarks {
  const known = new Map<string, Promise<Landmarks>>()
  return (tree) => {
    const found = known.get(tree) ?? find(tree, call)
    if (known.size >= kept) known.clear()
    known.set(tree, found)
    found.catch(() => known.delete(tree))
    return found
  }
}

/** True for a path that git reads attributes from. */
export function isAttributesPath(path: string): boolean {
  return path === '.gitattributes' || path.endsWith('/.gitattributes')
}

async function find(tree: string, call: GitCall): Promise<Landmarks> {
  const gitlinks = new Map<string, string>()
  const attributes: string[] = []
  for (const record of splitRecords(await demandGit(['ls-tree', '-r', '-z', '--full-tree', tree], call))) {
    const tab = record.indexOf(0x09)
    const isLink = record[0] === 0x31 && record[1] === 0x36
    const isFile = record[0] === 0x31 && record[1] === 0x30
    if (!isLink && !(isFile && record.includes('.gitattributes'))) continue
    const path = decodePath(record.subarray(tab + 1))
    if (isLink) gitlinks.set(path, record.toString('latin1', 14, tab))
    else if (isAttributesPath(path)) attributes.push(path)
  }
  return { gitlinks, attributes }
}
