import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { deflateSync } from 'node:zlib'

import { type SharedMode, shareAsGitDoes } from '../repository/shared-mode.js'
import { syncFolder, writeFileAtomically } from '../repository/write-file.js'
import { access, mkdir } from '../repository/small-files.js'

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
 * Writes an object as git does: `<type> <length>`, a zero byte and the content, deflated, under the hash of what was
 * deflated (git-scm.com/book, "Git Objects"; SHA-256 repositories differ in the hash alone). The file gets its name when
 * it is whole, because git takes whatever has the name for complete.
 *
 * @returns the object's id in hexadecimal; an object that is there already is left as it is
 */
export async function writeLooseObject(
  place: ObjectPlace,
  type: 'commit',
  content: Uint8Array,
): Promise<string> {
  const object = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content])
  const id = createHash(place.format).update(object).digest('hex')
  const file = join(place.commonDir, 'objects', id.slice(0, 2), id.slice(2))
  if (await exists(file)) return id
  const sync = place.power
  await mkdir(dirname(file), { recursive: true })
  await writeFileAtomically(file, deflateSync(object), { mode: 0o444, sync, prefix: 'tmp_obj_' })
  for (const path of [file, dirname(file)]) await shareAsGitDoes(path, place.shared)
  if (sync) await syncFolder(dirname(dirname(file)))
  return id
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
