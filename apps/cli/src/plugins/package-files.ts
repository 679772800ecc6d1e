import { createHash } from 'node:crypto'
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'

/** One file of a package. */
export interface PackageFile {
  /** Relative to the package, with `/`. */
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

/** What is no part of a package: its dependencies are packages of their own. */
const leftOut = new Set(['node_modules', '.git'])

const mostFiles = 20_000
const mostBytes = 256 * 1024 * 1024

/**
 * All files of a package, in order, each with its hash.
 *
 * @param only - the package is this file alone
 * @throws Error for links, pipes and devices, and for more than can be looked at.
 */
export function packageFiles(folder: string, only: string | null): readonly PackageFile[] {
  const paths = only === null ? filesBelow(folder) : [only]
  let total = 0
  return paths.map((path) => {
    const { bytes, sha256 } = hashFile(join(folder, path), mostBytes - total)
    total += bytes
    return { path, bytes, sha256 }
  })
}

function filesBelow(folder: string): readonly string[] {
  const found: string[] = []
  const visit = (prefix: string): void => {
    for (const name of readdirSync(join(folder, prefix)).toSorted()) {
      if (leftOut.has(name)) continue
      const path = prefix + name
      const facts = lstatSync(join(folder, path))
      if (facts.isDirectory()) visit(`${path}/`)
      else if (facts.isFile()) found.push(path)
      else throw new Error(`${path} is ${facts.isSymbolicLink() ? 'a link' : 'not a regular file'}`)
      if (found.length > mostFiles) throw new Error(`it has more than ${mostFiles} files`)
    }
  }
  visit('')
  return found
}

function hashFile(file: string, room: number): { readonly bytes: number; readonly sha256: string } {
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
  try {
    if (!fstatSync(descriptor).isFile()) throw new Error(`${file} is not a regular file`)
    const hash = createHash('sha256')
    const chunk = Buffer.alloc(64 * 1024)
    let bytes = 0
    for (let got = readSync(descriptor, chunk); got > 0; got = readSync(descriptor, chunk)) {
      bytes += got
      if (bytes > room) throw new Error(`its files are larger than ${mostBytes / 1024 / 1024} MiB together`)
      hash.update(chunk.subarray(0, got))
    }
    return { bytes, sha256: hash.digest('hex') }
  } finally {
    closeSync(descriptor)
  }
}
