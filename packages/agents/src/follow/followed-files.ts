import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'

/** Which files are followed, and what is wanted of them. */
export interface FollowedFiles {
  /** Absolute path; one `*` in a name stands for any part of it. */
  readonly pattern: string
  /** A line is wanted when it contains one of these. */
  readonly pick: readonly string[]
  /** Of the files that exist at the start, only those are followed whose name contains this. Absent: all. */
  readonly older?: string
  /** Of files that appear later, only those are followed whose first line contains this. Absent: all. */
  readonly first?: string
}

/** One line that a program has added to a file. */
export interface FollowedLine {
  readonly path: string
  readonly line: string
}

/** Reads what is added to files, line by line. */
export interface Follower {
  /** The wanted lines that were finished since the last call; a file that is new comes with an empty one first. */
  read(): readonly FollowedLine[]
}

const CHUNK_BYTES = 64 * 1024
// Records of tokens are short. What is longer is a record of something else that happens to contain the words.
const MAX_LINE_BYTES = 1024 * 1024

// A folder that changed so recently may change again without a trace in its time.
const SETTLED_MS = 2000

interface Place {
  offset: number
  rest: Buffer
}

type List = (folder: string) => readonly string[]

/** Follows files from where they end now; files that appear later, from their beginning. */
export function createFollower({ pattern, pick, older, first }: FollowedFiles): Follower {
  const places = new Map<string, Place>()
  const told = new Set<string>()
  const others = new Set<string>()
  const list = createList()
  for (const path of filesOf(pattern, list)) {
    if (older === undefined || basename(path).includes(older))
      places.set(path, { offset: sizeOf(path), rest: Buffer.alloc(0) })
    else others.add(path)
  }

  /** A file of another launch is looked at once. */
  const isWanted = (path: string): boolean => {
    if (others.has(path)) return false
    if (first === undefined || places.has(path)) return true
    const line = firstLine(path)
    if (line?.includes(first) === false) others.add(path)
    return line?.includes(first) === true
  }

  const linesOf = (path: string): readonly string[] => {
    const place = places.get(path) ?? { offset: 0, rest: Buffer.alloc(0) }
    places.set(path, place)
    return newLines(path, place).filter((line) => pick.some((words) => line.includes(words)))
  }

  return {
    read: () =>
      filesOf(pattern, list).flatMap((path) => {
        if (!isWanted(path)) return []
        const before = places.get(path)?.offset ?? -1
        const lines = linesOf(path)
        const grown = (places.get(path)?.offset ?? 0) > before
        if (!grown) return []
        const first = told.has(path) ? [] : ['']
        told.add(path)
        return [...first, ...lines].map((line) => ({ path, line }))
      }),
  }
}

function filesOf(pattern: string, list: List): readonly string[] {
  let folders: readonly string[] = ['/']
  const segments = pattern.split('/').filter((segment) => segment !== '')
  const last = segments.pop()
  if (last === undefined) return []
  for (const segment of segments) {
    folders = folders.flatMap((folder) =>
      segment.includes('*') ? namesLike(folder, segment, list) : [join(folder, segment)],
    )
  }
  return folders.flatMap((folder) => namesLike(folder, last, list))
}

function namesLike(folder: string, segment: string, list: List): readonly string[] {
  const [start = '', ...parts] = segment.split('*')
  const end = parts.at(-1) ?? ''
  return list(folder)
    .filter((name) =>
      parts.length === 0
        ? name === segment
        : name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end),
    )
    .map((name) => join(folder, name))
}

/** Lists a folder again only when it has changed: some programs keep a folder for every day. */
function createList(): List {
  const known = new Map<string, { readonly changedMs: number; readonly names: readonly string[] }>()
  return (folder) => {
    const changedMs = changeOf(folder)
    const before = known.get(folder)
    if (before !== undefined && before.changedMs === changedMs) return before.names
    const names = namesIn(folder)
    if (changedMs !== null && Date.now() - changedMs > SETTLED_MS) known.set(folder, { changedMs, names })
    return names
  }
}

function changeOf(folder: string): number | null {
  try {
    return statSync(folder).mtimeMs
  } catch {
    // It is not there yet.
    return null
  }
}

/** null: it is not written yet. */
function firstLine(path: string): string | null {
  const file = openSync(path, 'r')
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES)
    const read = readSync(file, chunk, 0, CHUNK_BYTES, 0)
    const end = chunk.subarray(0, read).indexOf(0x0a)
    if (end === -1 && read < CHUNK_BYTES) return null
    return chunk.subarray(0, end === -1 ? read : end).toString('utf8')
  } finally {
    closeSync(file)
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    // It is not there yet, or is a file.
    return []
  }
}

function sizeOf(path: string): number {
  const file = openSync(path, 'r')
  try {
    return fstatSync(file).size
  } finally {
    closeSync(file)
  }
}

function newLines(path: string, place: Place): readonly string[] {
  const file = openSync(path, 'r')
  try {
    const status = fstatSync(file)
    if (!status.isFile() || status.size <= place.offset) return []
    const lines: string[] = []
    const chunk = Buffer.alloc(CHUNK_BYTES)
    for (let read = CHUNK_BYTES; read > 0;) {
      read = readSync(file, chunk, 0, CHUNK_BYTES, place.offset)
      place.offset += read
      lines.push(...takeLines(place, chunk.subarray(0, read)))
    }
    return lines
  } finally {
    closeSync(file)
  }
}

function takeLines(place: Place, added: Buffer): readonly string[] {
  const bytes = Buffer.concat([place.rest, added])
  const end = bytes.lastIndexOf(0x0a)
  const rest = bytes.subarray(end + 1)
  place.rest = rest.length > MAX_LINE_BYTES ? Buffer.alloc(0) : Buffer.from(rest)
  return end === -1 ? [] : bytes.subarray(0, end).toString('utf8').split('\n')
}
