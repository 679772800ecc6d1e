import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'

import type { FileSystemTraits } from '../git/settings.js'
import { access, chmod, lstat, rm, symlink, writeFile } from './small-files.js'

/** Tries out what the file system of a folder can hold, in a temporary folder inside it, as `git init` does. */
export async function probeFileSystem(folder: string): Promise<FileSystemTraits> {
  const probe = await mkdtemp(join(folder, '.gump-probe-'))
  const exists = (name: string): Promise<boolean> =>
    access(join(probe, name)).then(
      () => true,
      () => false,
    )
  try {
    const file = join(probe, 'caf\u00E9')
    await writeFile(file, '', { mode: 0o644 })
    await chmod(file, 0o744)
    const fileMode = ((await lstat(file)).mode & 0o100) !== 0
    await chmod(file, 0o644)
    return {
      fileMode: fileMode && ((await lstat(file)).mode & 0o100) === 0,
      symlinks: await symlink('target', join(probe, 'link')).then(
        () => true,
        () => false,
      ),
      ignoreCase: await exists('CAF\u00C9'.replace('\u00C9', '\u00E9')),
      precomposeUnicode: await exists('cafe\u0301'),
    }
  } finally {
    await rm(probe, { recursive: true, force: true })
  }
}
