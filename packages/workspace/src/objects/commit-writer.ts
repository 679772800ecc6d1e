import { promises } from 'node:fs'
import { dirname } from 'node:path'

import { demandGit, type GitCall } from '../git/run-git.js'
import { type SharedMode, shareAsGitDoes } from '../repository/shared-mode.js'
import { syncFolder, writeFileAtomically } from '../repository/write-file.js'
import { type CommitParts, renderCommit } from './commit-bytes.js'

/** Writes a commit object and returns its id; writing the same commit again is harmless. */
export type CommitWriter = (commit: CommitParts) => Promise<string>

/** Which objects a repository has, and where. */
export interface ObjectPlace {
  readonly commonDir: string
  readonly format: 'sha1' | 'sha256'
  /** Permissions of new objects; null: the umask decides. */
  readonly shared: SharedMode | null
  /** Bring objects to the disk before their ids are handed out. */
  readonly power: boolean
}

/**
 * In-process for SHA-1 repositories; `git hash-object` for SHA-256, which isomorphic-git does not know. The library is
 * loaded with the first commit: importing it takes longer than everything else here.
 */
export function createCommitWriter(place: ObjectPlace, call: GitCall): CommitWriter {
  if (place.format === 'sha256') {
    return async (commit) => {
      const args = ['hash-object', '-t', 'commit', '-w', '--stdin']
      const oid = await demandGit(args, { ...call, input: renderCommit(commit) })
      return oid.toString('utf8').trim()
    }
  }
  const fs = { promises: { ...promises, writeFile: writeObjectFile(place) } }
  return async (commit) => {
    const { default: git } = await import('isomorphic-git')
    return git.writeObject({
      fs,
      gitdir: place.commonDir,
      type: 'commit',
      format: 'content',
      object: renderCommit(commit),
    })
  }
}

/**
 * isomorphic-git writes an object straight to its final name, and afterwards takes whatever lies there for complete:
 * a process that is killed in between would leave a broken object for good.
 */
function writeObjectFile({
  power: sync,
  shared,
}: ObjectPlace): (file: string, content: Uint8Array) => Promise<void> {
  return async (file, content) => {
    await writeFileAtomically(file, content, { mode: 0o444, sync, prefix: 'tmp_obj_' })
    for (const path of [file, dirname(file)]) await shareAsGitDoes(path, shared)
    if (sync) await syncFolder(dirname(dirname(file)))
  }
}
