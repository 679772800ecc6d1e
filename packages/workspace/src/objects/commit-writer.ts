import { type CommitParts, renderCommit } from './commit-bytes.js'
import { type ObjectPlace, writeLooseObject } from './loose-object.js'

/** Writes a commit object and returns its id; writing the same commit again is harmless. */
export type CommitWriter = (commit: CommitParts) => Promise<string>

/** Writes commits in the process: a git process for each would cost more than everything else about a commit. */
export function createCommitWriter(place: ObjectPlace): CommitWriter {
  return (commit) => writeLooseObject(place, 'commit', renderCommit(commit))
}
