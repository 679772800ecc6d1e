import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Usage } from './envelope.js'
import type { EventOf } from './events.js'

/** One line of `index.ndjson`: a run that ended. */
export interface IndexEntry {
  readonly v: 1
  readonly run_id: string
  readonly alias: string
  readonly workflow: string
  readonly status: EventOf<'run_completed'>['status']
  readonly reason?: string
  readonly step?: string
  readonly started_at: string
  readonly ended_at: string
  readonly duration_ms: number
  readonly usage: Usage
  readonly turns: number
  readonly steps: number
  readonly retries: number
  readonly base_commit: string
  readonly commit: string
}

/** Adds a line in one write, so that lines of runs that end at the same time do not mix. */
export function appendIndex(file: string, entry: IndexEntry): void {
  const fd = openSync(file, 'a+')
  try {
    // A process that died while writing leaves a line without end: do not continue it.
    writeSync(fd, `${endsWithNewline(fd) ? '' : '\n'}${JSON.stringify(entry)}\n`)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Finished runs, oldest first; of a run that was resumed the last line. Lines that make no sense are skipped: the ledgers know better. */
export async function readIndex(file: string): Promise<IndexEntry[]> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch {
    return []
  }
  const entries = new Map<string, IndexEntry>()
  for (const line of text.split('\n')) {
    const entry = parseEntry(line)
    if (entry === null) continue
    entries.delete(entry.run_id)
    entries.set(entry.run_id, entry)
  }
  return [...entries.values()]
}

function parseEntry(line: string): IndexEntry | null {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null) return null
    const entry = value as Partial<IndexEntry>
    return entry.v === 1 && typeof entry.run_id === 'string' && typeof entry.status === 'string'
      ? (value as IndexEntry)
      : null
  } catch {
    return null
  }
}

function endsWithNewline(fd: number): boolean {
  const { size } = fstatSync(fd)
  if (size === 0) return true
  const last = Buffer.alloc(1)
  readSync(fd, last, 0, 1, size - 1)
  return last[0] === 0x0a
}
