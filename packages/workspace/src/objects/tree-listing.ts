import { decodePath, splitRecords } from '../git/path-bytes.js'
import { demandGit, type GitCall } from '../git/run-git.js'

/** All files of a tree, with its folders. */
export interface TreeListing {
  /** `<mode> <type> <id>`, a tab and the path. */
  readonly records: readonly Buffer[]
  /** Decoded when first asked for. */
  paths(): readonly string[]
}

/** Lists a tree with a git process of its own; those that were asked for last are remembered. */
export type ListTree = (tree: string) => Promise<TreeListing>

/** Trees of large repositories have megabytes of names. */
const kept = 2

export function createTreeListing(call: GitCall): ListTree {
  const known = new Map<string, Promise<TreeListing>>()
  return (tree) => {
    const found = known.get(tree) ?? list(tree, call)
    known.delete(tree)
    known.set(tree, found)
    for (const oldest of [...known.keys()].slice(0, -kept)) known.delete(oldest)
    found.catch(() => known.delete(tree))
    return found
  }
}

async function list(tree: string, call: GitCall): Promise<TreeListing> {
  const records = splitRecords(await demandGit(['ls-tree', '-r', '-z', '--full-tree', tree], call))
  let decoded: readonly string[] | null = null
  return {
    records,
    paths: () => (decoded ??= records.map(pathOf)),
  }
}

/** The path of a record. */
export function pathOf(record: Buffer): string {
  return decodePath(record.subarray(record.indexOf(0x09) + 1))
}
