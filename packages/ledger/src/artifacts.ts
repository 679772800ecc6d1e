import { createHash } from 'node:crypto'
import { createReadStream, mkdirSync, realpathSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import { GumpError, isSystemError, toGumpError, whileDoing } from '@gump/errors'
import { atomicWrite, type AtomicWriteOptions } from './atomic-write.js'
import type { ArtifactRef } from './envelope.js'

/** The texts and streams of one run that are too large for its ledger. Callers mask secrets before writing. */
export interface ArtifactStore {
  /**
   * Writes in one step, creating folders. @param path - relative to the run folder, from `artifactPath`.
   *
   * @throws GumpError `GUMP-L010` when it would leave the run folder, `GUMP-L002` when it cannot be written, `GUMP-L013`
   * when the run folder was removed or replaced.
   */
  write(path: string, content: string | Uint8Array, options?: AtomicWriteOptions): ArtifactRef
  /** Absolute path for a caller that streams into the file; its folder exists. Throws like `write`. */
  pathFor(path: string): string
  /** Reference to a file that is complete, hashed in constant memory. */
  refOf(path: string): Promise<ArtifactRef>
  /**
   * Content of an artifact.
   *
   * @throws GumpError `GUMP-L010`; `GUMP-L014` when it is missing, `GUMP-S…` when the system does not let it be read.
   */
  read(path: string): Promise<Uint8Array>
  /** The same as text. Of a reference the content is compared with what was recorded: it may have been changed since. */
  readText(artifact: string | ArtifactRef): Promise<string>
}

/** @param runDir - absolute; exists. */
export function createArtifactStore(runDir: string): ArtifactStore {
  const root = realpathSync(runDir)
  const { dev, ino } = statSync(root)

  const inside = (path: string): string => {
    const file = resolve(root, path)
    if (isAbsolute(path) || path.includes('\0') || !isBelow(root, file)) throw outside(path)
    return file
  }
  /** Resolves links as well: a folder inside the run may have been replaced by a link to somewhere else. */
  const checked = (path: string): string => {
    const file = inside(path)
    if (
      !isBelow(
        root,
        reading(file, () => realpathSync(file)),
      )
    )
      throw outside(path)
    return file
  }
  const demandRoot = (): void => {
    const there = statSync(root, { throwIfNoEntry: false })
    // The next writer would make it again, and it would hold a run without a ledger.
    if (there?.ino === ino && there.dev === dev) return
    throw new GumpError('GUMP-L013', `${root} was removed or replaced during the run`, {
      data: { dir: root },
    })
  }
  const pathFor = (path: string): string => {
    const file = inside(path)
    const folder = dirname(file)
    demandRoot()
    try {
      mkdirSync(folder, { recursive: true })
    } catch (cause) {
      throw unwritable(file, cause)
    }
    const real = reading(folder, () => realpathSync(folder))
    if (real !== root && !isBelow(root, real)) throw outside(path)
    return file
  }

  const read = async (path: string): Promise<Uint8Array> => {
    const file = checked(path)
    return await reading(file, () => readFile(file))
  }
  return {
    pathFor,
    read,
    readText: async (artifact) => {
      const path = typeof artifact === 'string' ? artifact : artifact.path
      const bytes = await read(path)
      if (typeof artifact !== 'string') demandSame(inside(path), bytes, artifact)
      return Buffer.from(bytes).toString('utf8')
    },
    write(path, content, options) {
      const file = pathFor(path)
      const bytes = typeof content === 'string' ? Buffer.from(content) : content
      try {
        atomicWrite(file, bytes, options)
      } catch (cause) {
        throw unwritable(file, cause)
      }
      return {
        path: portable(relative(root, file)),
        sha256: createHash('sha256').update(bytes).digest('hex'),
        bytes: bytes.byteLength,
      }
    },
    async refOf(path) {
      const file = checked(path)
      const hash = createHash('sha256')
      let bytes = 0
      await reading(file, async () => {
        for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
          hash.update(chunk)
          bytes += chunk.length
        }
      })
      return { path: portable(relative(root, file)), sha256: hash.digest('hex'), bytes }
    },
  }
}

function demandSame(file: string, bytes: Uint8Array, { sha256 }: ArtifactRef): void {
  if (createHash('sha256').update(bytes).digest('hex') === sha256) return
  throw new GumpError('GUMP-L014', `${file} is not what the run recorded: it was damaged or changed since`, {
    data: { file },
  })
}

function isBelow(root: string, file: string): boolean {
  return file.startsWith(root + sep)
}

function portable(path: string): string {
  return path.split(sep).join('/')
}

function outside(path: string): GumpError {
  return new GumpError('GUMP-L010', `${JSON.stringify(path)} is outside the run folder`, {
    data: { path },
    remedy: 'look for a symbolic link inside the run folder and remove it',
  })
}

/** Runs `action`; a file that is not there was there when the ledger named it. */
function reading<T>(file: string, action: () => T): T {
  const told = (error: unknown): unknown =>
    isSystemError(error) && error.code === 'ENOENT'
      ? new GumpError('GUMP-L014', `${file} is missing`, { data: { file }, cause: error })
      : error
  return whileDoing({ doing: 'reading a stored file of the run', path: file }, () => {
    try {
      const result = action()
      return result instanceof Promise
        ? (result.catch((error: unknown) => {
            throw told(error)
          }) as T)
        : result
    } catch (error) {
      throw told(error)
    }
  })
}

function unwritable(file: string, cause: unknown): GumpError {
  return toGumpError(cause, {
    code: 'GUMP-L002',
    doing: 'writing a file of the run',
    path: file,
    data: { file },
    remedy: 'free space or restore write access, then gump run --resume',
  })
}
