import { join } from 'node:path'

import { type FileSystemTraits, privateConfiguration } from '../git/settings.js'
import type { RepositoryPlace } from './repository-place.js'
import { writeFileAtomically } from './write-file.js'
import { mkdir, readFile } from './small-files.js'

/** What goes into a private git folder. */
export interface PrivateFolder {
  readonly dir: string
  /** null: a folder without working tree. */
  readonly traits: FileSystemTraits | null
  /** Ignore patterns, one per line. */
  readonly exclude: string
  /** Patterns of a sparse checkout; null: everything is checked out. */
  readonly sparse: string | null
  /** Attributes for the files of the working tree, beside those that are tracked. */
  readonly attributes?: {
    readonly own: string
    readonly everywhere: { readonly file: string; readonly text: string }
  }
}

/**
 * Writes a git folder of Gump's own: HEAD, configuration and nothing else. Git commands that work on files or objects
 * run in it, with GIT_OBJECT_DIRECTORY pointing at the repository, so that neither the user's and the repository's
 * configuration, hooks and private attributes nor anything an agent writes into a worktree's git folder is looked at.
 * Writing it again is harmless.
 */
export async function writePrivateFolder(
  repository: RepositoryPlace & { readonly power: boolean },
  folder: PrivateFolder,
): Promise<void> {
  const { dir, traits, exclude, sparse, attributes } = folder
  for (const name of ['refs', 'objects', 'info']) await mkdir(join(dir, name), { recursive: true })
  const config = privateConfiguration({
    traits,
    sha256: repository.format === 'sha256',
    sparse: sparse !== null,
    power: repository.power,
    shared: repository.shared,
  })
  await writeWhenDifferent(join(dir, 'info/exclude'), exclude)
  if (sparse !== null) await writeWhenDifferent(join(dir, 'info/sparse-checkout'), sparse)
  if (attributes !== undefined) {
    await writeWhenDifferent(join(dir, 'info/attributes'), attributes.own)
    await writeWhenDifferent(attributes.everywhere.file, attributes.everywhere.text)
  }
  await writeWhenDifferent(join(dir, 'config'), config)
  await writeWhenDifferent(join(dir, 'HEAD'), 'ref: refs/heads/none\n')
}

async function writeWhenDifferent(file: string, content: string): Promise<void> {
  if ((await readFile(file, 'utf8').catch(() => null)) !== content) await writeFileAtomically(file, content)
}
