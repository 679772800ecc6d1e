import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isSystemError } from '@gump/errors'
import { atomicWrite } from './atomic-write.js'

/** What tells whether a ledger is still what it was. */
export interface LedgerStamp {
  readonly inode: number
  readonly bytes: number
  /** When the file last changed in any way, in milliseconds. */
  readonly changed: number
  /** Hash of its last 64 KiB. */
  readonly tail: string
}

/** Something that was made of a ledger and costs more to make again than to read. */
export interface CheckpointKind {
  /** It is kept in `NAME.ndjson`, beside the ledger. */
  readonly name: string
  /** What it was made by: of another maker it is not taken. */
  readonly maker: string
}

const tailBytes = 64 * 1024

/** Looks at a ledger without reading it; null when there is none that can be read. */
export function stampOf(ledgerFile: string): LedgerStamp | null {
  let fd: number
  try {
    fd = openSync(ledgerFile, 'r')
  } catch {
    return null
  }
  try {
    const { ino, size, ctimeMs } = fstatSync(fd)
    const tail = Buffer.alloc(Math.min(size, tailBytes))
    let got = 0
    while (got < tail.length) {
      const more = readSync(fd, tail, got, tail.length - got, size - tail.length + got)
      if (more === 0) return null
      got += more
    }
    return { inode: ino, bytes: size, changed: ctimeMs, tail: hashOf(tail) }
  } catch (error) {
    if (isSystemError(error)) return null
    throw error
  } finally {
    closeSync(fd)
  }
}

/**
 * What is kept beside a ledger that has this stamp; null when there is nothing, or it was made of another state of the
 * ledger, by another maker, or is damaged. Its shape is for the caller to check.
 */
export function readCheckpoint(ledgerFile: string, stamp: LedgerStamp, kind: CheckpointKind): unknown {
  let kept: unknown
  try {
    kept = JSON.parse(readFileSync(fileOf(ledgerFile, kind), 'utf8'))
  } catch {
    return null
  }
  if (typeof kept !== 'object' || kept === null) return null
  const { head, sum, content } = kept as Readonly<Record<string, unknown>>
  const isOfThis = JSON.stringify(head) === JSON.stringify(headOf(stamp, kind))
  return isOfThis && sum === hashOf(JSON.stringify(content)) ? content : null
}

/**
 * Keeps something beside a ledger. It may be deleted at any time, and a disk that does not take it is no error: a reader that
 * finds nothing reads the ledger.
 */
export function writeCheckpoint(
  ledgerFile: string,
  stamp: LedgerStamp,
  kind: CheckpointKind,
  content: unknown,
): void {
  const json = JSON.stringify(content)
  const head = JSON.stringify(headOf(stamp, kind))
  try {
    atomicWrite(
      fileOf(ledgerFile, kind),
      `{"head":${head},"sum":${JSON.stringify(hashOf(json))},"content":${json}}\n`,
    )
  } catch (error) {
    if (!isSystemError(error)) throw error
  }
}

function headOf({ inode, bytes, changed, tail }: LedgerStamp, { maker }: CheckpointKind): unknown {
  return { v: 1, maker, inode, bytes, changed, tail }
}

function fileOf(ledgerFile: string, { name }: CheckpointKind): string {
  return join(dirname(ledgerFile), `${name}.ndjson`)
}

function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
