import { join } from 'node:path'

import { isSystemError } from '@gump/errors'

import { isObjectId } from './object-reader.js'
import { readFile } from '../repository/small-files.js'

/**
 * Where a ref stands, read from the files of git's own ref storage; null for everything that only git can tell: a
 * symbolic ref, a damaged one, one that is not there. A packed ref counts when no file overrules it.
 */
export async function readRefFile(commonDir: string, ref: string): Promise<string | null> {
  const loose = await readFile(join(commonDir, ref), 'utf8').catch((error: unknown) =>
    isSystemError(error) && error.code === 'ENOENT' ? null : '',
  )
  if (loose !== null) return /^[0-9a-f]{40,64}\n$/u.test(loose) ? loose.trim() : null
  const line = (await packedRefs(commonDir)).find((text) => text.endsWith(` ${ref}`))
  const oid = line?.slice(0, -ref.length - 1)
  return oid !== undefined && isObjectId(oid) ? oid : null
}

/** The lines of the file that holds many refs; none when there is no such file. */
export async function packedRefs(commonDir: string): Promise<readonly string[]> {
  const text = await readFile(join(commonDir, 'packed-refs'), 'utf8').catch(() => '')
  return text.split('\n')
}
