// What `node:fs/promises` offers, done at once. A request through Node's thread pool costs 60 µs and more where the call
// itself costs five, and a step makes two hundred of them. For small files and single entries only: nothing else happens
// meanwhile. No call waits for another process: a pipe that an agent puts in the place of a file is not waited for.
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  type PathLike,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'

type Promised = typeof import('node:fs/promises')

/** The same call, with what it throws as a rejection. */
function atOnce<F>(call: (...args: never[]) => unknown): F {
  const later = async (...args: never[]): Promise<unknown> => call(...args)
  return later as F
}

export const access: Promised['access'] = atOnce(accessSync)
export const chmod: Promised['chmod'] = atOnce(chmodSync)
export const link: Promised['link'] = atOnce(linkSync)
export const lstat: Promised['lstat'] = atOnce(lstatSync)
export const mkdir: Promised['mkdir'] = atOnce(mkdirSync)
export const readdir: Promised['readdir'] = atOnce(readdirSync)
export const readlink: Promised['readlink'] = atOnce(readlinkSync)
export const realpath: Promised['realpath'] = atOnce(realpathSync.native)
export const rename: Promised['rename'] = atOnce(renameSync)
export const rm: Promised['rm'] = atOnce(rmSync)
export const stat: Promised['stat'] = atOnce(statSync)
export const symlink: Promised['symlink'] = atOnce(symlinkSync)
export const utimes: Promised['utimes'] = atOnce(utimesSync)

/** Replaces what is there, unless `flag` is `wx`. */
export const writeFile: (
  path: PathLike,
  content: string | Uint8Array,
  options?: { readonly flag?: 'wx'; readonly mode?: number },
) => Promise<void> = atOnce(writeFileSync)

/** Reads a whole file; anything that is neither a file nor a folder counts as empty. */
export const readFile: ((path: PathLike) => Promise<Buffer>) &
  ((path: PathLike, encoding: BufferEncoding) => Promise<string>) = atOnce(
  (path: PathLike, encoding?: BufferEncoding) => {
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const stats = fstatSync(descriptor)
      if (stats.isFile() || stats.isDirectory()) return readFileSync(descriptor, encoding)
      return encoding === undefined ? Buffer.alloc(0) : ''
    } finally {
      closeSync(descriptor)
    }
  },
)

/** Copies what {@link readFile} reads, without rights and times. */
export async function copyFile(from: PathLike, to: PathLike): Promise<void> {
  await writeFile(to, await readFile(from))
}
