import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { GumpError, toGumpError, whileDoing } from '@gump/errors'

/** Who a process is, beyond a pid that may have been given to another one. */
export interface OwnerIdentity {
  readonly pid: number
  /** Kernel start time of the pid; null where the kernel does not tell it. */
  readonly pidStart: string | null
  readonly bootId: string | null
  readonly host: string
  /** null where there are none. */
  readonly pidNamespace: string | null
}

/** The newest owner file of a run. */
export interface Owner {
  readonly number: number
  /** null when the file cannot be understood. */
  readonly identity: OwnerIdentity | null
  /** It gave the run back. */
  readonly ended: boolean
}

/** Tells whether the process of an owner file still lives; `unknown` on another host or in another PID namespace. */
export type OwnerProbe = (identity: OwnerIdentity) => 'alive' | 'dead' | 'unknown'

/** State of a run's ownership; `none`: nobody ever owned it, or the owner gave it back. */
export type OwnerState = 'alive' | 'dead' | 'unknown' | 'none'

/** What {@link acquireOwner} needs. */
export interface AcquireOptions {
  readonly runDir: string
  readonly identity: OwnerIdentity
  readonly probe: OwnerProbe
  /** Continue although the owner cannot be checked. A live owner is never taken over. */
  readonly takeOver?: boolean
}

/** The right to write to a run. */
export interface Ownership {
  readonly number: number
  /** False when another process took the run over. */
  holds(): boolean
  /** Gives the run back; the owner file stays. More calls have no effect. */
  release(): void
}

/**
 * Becomes the owner of a run: exactly one process can, however many try at once. Owner files are numbered, complete the
 * moment they are visible, and never removed, so there is no stale lock to check and no race in checking it.
 *
 * @throws GumpError `GUMP-L003` when a live process owns the run, `GUMP-L004` when that cannot be determined from here,
 * `GUMP-L002` when the file cannot be written.
 */
export function acquireOwner(options: AcquireOptions): Ownership {
  const { runDir } = options
  for (;;) {
    const current = readOwner(runDir)
    if (current !== null && !current.ended) refuseUnlessGone(current, options)
    const number = (current?.number ?? 0) + 1
    if (publish(join(runDir, `owner.${number}`), options.identity)) {
      return {
        number,
        holds: () => readOwner(runDir)?.number === number,
        release: () => endOwner(runDir, number),
      }
    }
    // Another process was faster: look again at who it is.
  }
}

/**
 * The newest owner of a run, or null when there never was one. A file that cannot be read says as little as one that cannot
 * be understood.
 *
 * @throws GumpError `GUMP-S…` when the folder cannot be listed.
 */
export function readOwner(runDir: string): Owner | null {
  const newest = newestOwner(runDir)
  return newest === null
    ? null
    : { ...newest, identity: readIdentity(join(runDir, `owner.${newest.number}`)) }
}

/** What the names of the owner files alone tell. */
function newestOwner(runDir: string): Omit<Owner, 'identity'> | null {
  const names = whileDoing({ doing: 'looking for the owner of a run', path: runDir }, () =>
    readdirSync(runDir),
  )
  let number = 0
  for (const name of names) {
    const found = /^owner\.(\d{1,15})$/.exec(name)?.[1]
    if (found !== undefined) number = Math.max(number, Number(found))
  }
  return number === 0 ? null : { number, ended: names.includes(`owner.${number}.ended`) }
}

function readIdentity(file: string): OwnerIdentity | null {
  try {
    return parseIdentity(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** Whether a process owns the run now; `unknown` when its folder cannot be looked at. */
export function ownerState(runDir: string, probe: OwnerProbe): OwnerState {
  let newest: Omit<Owner, 'identity'> | null
  try {
    newest = newestOwner(runDir)
  } catch {
    return 'unknown'
  }
  if (newest === null || newest.ended) return 'none'
  const identity = readIdentity(join(runDir, `owner.${newest.number}`))
  return identity === null ? 'unknown' : probe(identity)
}

function refuseUnlessGone(owner: Owner, options: AcquireOptions): void {
  const state = owner.identity === null ? 'unknown' : options.probe(owner.identity)
  const data = { runDir: options.runDir, owner: owner.number, ...owner.identity }
  if (state === 'alive') {
    throw new GumpError('GUMP-L003', `process ${owner.identity?.pid} owns the run`, {
      data,
      remedy: 'wait for it, or stop it with gump cancel',
    })
  }
  if (state === 'unknown' && options.takeOver !== true) {
    const file = join(options.runDir, `owner.${owner.number}`)
    const why =
      owner.identity === null
        ? `${file} is damaged: it does not tell which process owns the run`
        : `the run is owned on ${owner.identity.host}, which cannot be checked from here`
    throw new GumpError('GUMP-L004', why, {
      data,
      remedy: 'pass --take-over when you know that its owner is gone',
    })
  }
}

/** Writes the file under another name first: link(2) makes it visible complete, and only if the name is free. */
function publish(file: string, identity: OwnerIdentity): boolean {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`
  try {
    const fd = openSync(temporary, 'wx')
    try {
      writeFileSync(fd, `${JSON.stringify(identity)}\n`)
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    linkSync(temporary, file)
    return true
  } catch (cause) {
    if (hasCode(cause, 'EEXIST')) return false
    throw notCreated(file, cause)
  } finally {
    rmSync(temporary, { force: true })
  }
}

function endOwner(runDir: string, number: number): void {
  const file = join(runDir, `owner.${number}.ended`)
  try {
    // An empty file: it is there or not, nothing can be half written.
    closeSync(openSync(file, 'wx'))
  } catch (cause) {
    if (hasCode(cause, 'EEXIST')) return
    throw notCreated(file, cause)
  }
}

function notCreated(file: string, cause: unknown): GumpError {
  return toGumpError(cause, {
    code: 'GUMP-L002',
    doing: 'noting the owner of the run',
    path: file,
    data: { file },
    remedy: 'free space or restore write access; the file system must support hard links',
  })
}

function parseIdentity(text: string): OwnerIdentity | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null) return null
  const { pid, pidStart, bootId, host, pidNamespace } = value as Partial<Record<string, unknown>>
  if (!Number.isSafeInteger(pid) || typeof pid !== 'number' || pid < 1 || typeof host !== 'string')
    return null
  return {
    pid,
    pidStart: typeof pidStart === 'string' ? pidStart : null,
    bootId: typeof bootId === 'string' ? bootId : null,
    host,
    pidNamespace: typeof pidNamespace === 'string' ? pidNamespace : null,
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
