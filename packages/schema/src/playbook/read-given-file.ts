import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { workflowLimits } from '../limits.js'
import { type ContainedText, decodeText, fromSystem } from './read-contained.js'

/** How a file that the user names may be read. */
export interface GivenFileOptions {
  /** Top of the repository; null: there is none. */
  readonly root: string | null
  /** Also files outside the repository, when their own path says so and no link does. Default: true. */
  readonly outside?: boolean
  /** Default: 1 MiB. */
  readonly maxBytes?: number
}

/**
 * Reads a regular UTF-8 file that a person or a configuration names. A path in the repository must not lead out of it
 * by links, which come from the repository's author. Nothing is opened that could make the reader wait, and
 * everything is done at once, so that signals are served right after.
 *
 * @param path - absolute
 * @example
 * ```ts
 * readGivenFile('/repo/spec.md', { root: '/repo' }) // { text: '# Build …' } or { problem: 'is a pipe', … }
 * ```
 */
export function readGivenFile(path: string, options: GivenFileOptions): ContainedText {
  const { root, outside = true, maxBytes = workflowLimits.fileBytes } = options
  const file = resolve(path)
  try {
    const real = realpathSync(file)
    const allowed =
      root === null ? true : isBelow(root, file) || !outside ? isBelow(realpathSync(root), real) : true
    if (!allowed) {
      const how = isBelow(root ?? '/', file)
        ? 'is a link that leads out of the repository, to'
        : 'is outside the repository:'
      return { problem: `${how} ${real}`, kind: 'escape' }
    }
    return readAtOnce(real, maxBytes)
  } catch (error) {
    return fromSystem(error)
  }
}

function readAtOnce(real: string, maxBytes: number): ContainedText {
  const before = kindOf(statSync(real))
  if (before !== null) return { problem: before, kind: 'unreadable' }
  const descriptor = openSync(real, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
  try {
    const opened = kindOf(fstatSync(descriptor))
    if (opened !== null) return { problem: opened, kind: 'unreadable' }
    const bytes = Buffer.alloc(maxBytes + 1)
    let length = 0
    // What /proc holds has the size 0, so the size is what was read.
    for (let got = -1; got !== 0 && length < bytes.length; length += got) {
      got = readSync(descriptor, bytes, length, bytes.length - length, null)
    }
    if (length > maxBytes) return { problem: `is larger than ${sizeText(maxBytes)}`, kind: 'unreadable' }
    return decodeText(bytes.subarray(0, length))
  } finally {
    closeSync(descriptor)
  }
}

/** What it is instead of a regular file. */
function kindOf(facts: Stats): string | null {
  if (facts.isFile()) return null
  if (facts.isDirectory()) return 'is a folder'
  if (facts.isFIFO()) return 'is a pipe, not a regular file'
  if (facts.isSocket()) return 'is a socket, not a regular file'
  return 'is a device, not a regular file'
}

function sizeText(bytes: number): string {
  return bytes % (1024 * 1024) === 0 ? `${bytes / 1024 / 1024} MiB` : `${bytes / 1024} KiB`
}

function isBelow(folder: string, file: string): boolean {
  const path = relative(folder, file)
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path)
}
