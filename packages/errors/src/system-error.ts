import { catalogue, type ErrorCode } from './catalogue.js'
import { GumpError, isGumpError } from './gump-error.js'

/** What Node throws when the operating system refuses something. */
export interface SystemError extends Error {
  /** `ENOENT`, `EACCES`, … */
  readonly code: string
  readonly syscall?: string
  readonly path?: string
  readonly dest?: string
}

/** What {@link systemError} knows besides the error. */
export interface SystemErrorContext {
  /** What was being done, so that `CODE while WHAT` reads well: `writing the log of a gate`. */
  readonly doing?: string
  /** Where, when the error does not say: calls on open files name no path. */
  readonly path?: string
  /** Instead of the code of the errno's class. */
  readonly code?: ErrorCode
  /** Instead of the remedy of the errno's class. */
  readonly remedy?: string
  readonly data?: Readonly<Record<string, unknown>>
}

interface Meaning {
  readonly code: ErrorCode
  readonly text: string
}

const meanings: Readonly<Record<string, Meaning>> = {
  ENOSPC: { code: 'GUMP-S001', text: 'no space is left on the disk' },
  EDQUOT: { code: 'GUMP-S001', text: 'the disk quota is used up' },
  EFBIG: { code: 'GUMP-S001', text: 'the file would be larger than the file system allows' },
  EACCES: { code: 'GUMP-S002', text: 'permission denied' },
  EPERM: { code: 'GUMP-S002', text: 'not permitted' },
  EROFS: { code: 'GUMP-S003', text: 'the file system is read-only' },
  ENOENT: { code: 'GUMP-S004', text: 'it does not exist' },
  ENOTDIR: { code: 'GUMP-S005', text: 'a part of the path is not a folder' },
  EISDIR: { code: 'GUMP-S005', text: 'a folder is there instead of a file' },
  EEXIST: { code: 'GUMP-S005', text: 'something with that name exists already' },
  ENOTEMPTY: { code: 'GUMP-S005', text: 'the folder is not empty' },
  ELOOP: { code: 'GUMP-S005', text: 'symbolic links lead in a circle, or a link is not allowed there' },
  EXDEV: { code: 'GUMP-S005', text: 'it lies on another file system' },
  ENXIO: { code: 'GUMP-S005', text: 'a device, socket or pipe is there instead of a file' },
  EMFILE: { code: 'GUMP-S006', text: 'too many files are open in this process' },
  ENFILE: { code: 'GUMP-S006', text: 'too many files are open on this machine' },
  EAGAIN: { code: 'GUMP-S006', text: 'the system has no more processes or buffers to give' },
  ENOMEM: { code: 'GUMP-S006', text: 'the memory is used up' },
  ENOBUFS: { code: 'GUMP-S006', text: 'the system has no more buffers to give' },
  EMLINK: { code: 'GUMP-S006', text: 'the file has too many links' },
  E2BIG: { code: 'GUMP-S006', text: 'the command line and the environment are too long' },
  EIO: { code: 'GUMP-S007', text: 'the device reported an error' },
  ENODEV: { code: 'GUMP-S007', text: 'the device is gone' },
  ESTALE: { code: 'GUMP-S007', text: 'the network file system lost the file' },
  EUCLEAN: { code: 'GUMP-S007', text: 'the file system is damaged' },
  EREMOTEIO: { code: 'GUMP-S007', text: 'the device reported an error' },
  ENAMETOOLONG: { code: 'GUMP-S008', text: 'the name is too long' },
  EBUSY: { code: 'GUMP-S009', text: 'it is in use' },
  ETXTBSY: { code: 'GUMP-S009', text: 'the program is being written to' },
  EINVAL: { code: 'GUMP-S009', text: 'the system does not accept that there' },
  ENOTSUP: { code: 'GUMP-S009', text: 'the file system does not support that' },
  EOPNOTSUPP: { code: 'GUMP-S009', text: 'the file system does not support that' },
  ENOSYS: { code: 'GUMP-S009', text: 'the system does not support that' },
  ENOEXEC: { code: 'GUMP-S009', text: 'it is not a program for this machine' },
  EPIPE: { code: 'GUMP-S009', text: 'nobody reads any more' },
  ETIMEDOUT: { code: 'GUMP-S009', text: 'there was no answer in time' },
  ECONNREFUSED: { code: 'GUMP-S009', text: 'the connection was refused' },
  ECONNRESET: { code: 'GUMP-S009', text: 'the connection broke' },
  ENOTFOUND: { code: 'GUMP-S009', text: 'the host is not known' },
  ERR_FS_FILE_TOO_LARGE: { code: 'GUMP-S009', text: 'the file is too large to be read' },
  ERR_STRING_TOO_LONG: { code: 'GUMP-S009', text: 'the file is too large to be read' },
}

/** System calls as people would name them. */
const calls: Readonly<Record<string, string>> = {
  open: 'opening a file',
  read: 'reading a file',
  write: 'writing a file',
  scandir: 'listing a folder',
  opendir: 'listing a folder',
  mkdir: 'creating a folder',
  mkdtemp: 'creating a temporary folder',
  rmdir: 'removing a folder',
  rm: 'removing files',
  unlink: 'removing a file',
  rename: 'renaming a file',
  copyfile: 'copying a file',
  cp: 'copying files',
  link: 'linking a file',
  symlink: 'creating a symbolic link',
  readlink: 'reading a symbolic link',
  realpath: 'resolving a path',
  lstat: 'looking at a file',
  stat: 'looking at a file',
  fstat: 'looking at a file',
  statfs: 'looking at a file system',
  access: 'looking at a file',
  chmod: 'changing permissions',
  fchmod: 'changing permissions',
  utime: 'changing the time of a file',
  futime: 'changing the time of a file',
  fsync: 'writing a file to the disk',
  ftruncate: 'shortening a file',
  kill: 'signalling a process',
  uv_cwd: 'looking for the current folder',
  connect: 'connecting',
  getaddrinfo: 'looking up a host',
}

/** True for an error of the operating system, as Node reports it; false for mistakes in the use of Node. */
export function isSystemError(error: unknown): error is SystemError {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false
  if (Object.hasOwn(meanings, errnoOf(error.code))) return true
  // `errno` and `syscall` come from libuv alone.
  return /^E[A-Z0-9]+$/u.test(error.code) && ('errno' in error || 'syscall' in error)
}

/** Node has names of its own for some: `ERR_FS_EISDIR`, `ERR_FS_CP_EEXIST`. */
function errnoOf(code: string): string {
  return /^ERR_FS_(?:CP_)?(E[A-Z]+)$/u.exec(code)?.[1] ?? code
}

/**
 * What the operating system refused, as an error with a code, the place, what was being done, and a remedy.
 *
 * @example
 * ```ts
 * systemError(error, { doing: 'writing the log of a gate', path: file })
 * // GUMP-S001  writing the log of a gate failed: /repo/.gump/…/test.log: no space is left on the disk (ENOSPC)
 * ```
 */
export function systemError(error: SystemError, context: SystemErrorContext = {}): GumpError {
  const { syscall = '' } = error
  const errno = errnoOf(error.code)
  const meaning = meanings[errno] ?? { code: 'GUMP-S009' as const, text: error.message }
  const doing = context.doing ?? doingOf(syscall, error.path)
  const path = error.path ?? context.path
  const place = [path, error.dest].filter((part) => part !== undefined && part !== '').join(' → ')
  const text = syscall === 'uv_cwd' ? 'it was removed' : meaning.text
  const message = `${doing} failed: ${place === '' ? '' : `${place}: `}${text} (${errno})`
  return new GumpError(context.code ?? meaning.code, message, {
    data: { errno, syscall, ...(path === undefined ? {} : { path }), ...context.data },
    ...remedyOf(syscall, meaning, context),
    cause: error,
  })
}

/** What is in the way of a path has one remedy, whatever was being done there. */
const aboutThePath: ReadonlySet<ErrorCode> = new Set(['GUMP-S004', 'GUMP-S005', 'GUMP-S008'])

function remedyOf(
  syscall: string,
  meaning: Meaning,
  { code, remedy }: SystemErrorContext,
): { readonly remedy?: string } {
  if (remedy !== undefined) return { remedy }
  if (syscall === 'uv_cwd') return { remedy: 'Change to a folder that exists, and try again.' }
  return code !== undefined && aboutThePath.has(meaning.code)
    ? { remedy: catalogue[meaning.code].remedy }
    : {}
}

function doingOf(syscall: string, path: string | undefined): string {
  if (syscall.startsWith('spawn')) return path === undefined ? 'starting a program' : 'starting the program'
  return calls[syscall] ?? (syscall === '' ? 'a call of the system' : `the call ${syscall}`)
}

/**
 * Any thrown value as a {@link GumpError}: one that is one already as it is, what the operating system refused by
 * {@link systemError}, everything else by the code of `context`, or as a mistake in Gump (`GUMP-R999`). The one place
 * where that is decided.
 */
export function toGumpError(thrown: unknown, context: SystemErrorContext = {}): GumpError {
  if (isGumpError(thrown)) return thrown
  if (isSystemError(thrown)) return systemError(thrown, context)
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  if (context.code !== undefined) {
    const { code, doing = 'a step', path, remedy, data } = context
    return new GumpError(code, `${doing} failed: ${path === undefined ? '' : `${path}: `}${message}`, {
      ...(data === undefined ? {} : { data }),
      ...(remedy === undefined ? {} : { remedy }),
      cause: thrown,
    })
  }
  return new GumpError('GUMP-R999', message, {
    cause: thrown,
    remedy: 'This is a mistake in Gump. GUMP_LOG_LEVEL=debug shows where; please report it with that.',
  })
}

/** Runs `action`; what the operating system refuses meanwhile is reported with `context`. */
export function whileDoing<T>(context: SystemErrorContext, action: () => T): T {
  try {
    const result = action()
    return result instanceof Promise ? (result.catch((error: unknown) => fail(error, context)) as T) : result
  } catch (error) {
    return fail(error, context)
  }
}

function fail(error: unknown, context: SystemErrorContext): never {
  throw isSystemError(error) && !isGumpError(error) ? systemError(error, context) : error
}
