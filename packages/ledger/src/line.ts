import { GumpError } from '@gump/errors'
import type { Envelope } from './envelope.js'
import type { LedgerEvent, NewEvent } from './events.js'
import { bodyCheck } from './schema/body-checks.js'

/** Gives an event its envelope. The envelope wins: events copied from another ledger do not keep their old one. */
export function seal(event: NewEvent, envelope: Envelope): LedgerEvent {
  const { v, seq, ts, run_id } = envelope
  // The first object only fixes the order of the keys.
  return Object.assign({ v, seq, ts, run_id }, event, { v, seq, ts, run_id })
}

/** One line, with its terminator. JSON never holds a raw newline, so text from agents cannot forge a line. */
export function encodeLine(event: LedgerEvent): string {
  return `${JSON.stringify(event)}\n`
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A figure in a ledger that makes no sense, such as a negative duration; it counts as 0. */
export interface Oddity {
  readonly line: number
  readonly field: string
}

/**
 * Reads the bytes of one complete line. Unknown types and extra fields pass, so that a newer minor version's ledger can
 * be read; everything else is checked, because disks, people and other programs change files too.
 *
 * @throws GumpError `GUMP-L001` naming the line, `GUMP-L008` for a newer format, `GUMP-L012` for a first line that
 * another program wrote.
 */
export function decodeLine(bytes: Uint8Array, place: LinePlace): LedgerEvent {
  let value: unknown
  try {
    value = JSON.parse(decoder.decode(bytes))
  } catch (cause) {
    throw damaged(place, 'it is not JSON', cause)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw damaged(place, 'it is not an object')
  }
  const line = value as Readonly<Record<string, unknown>>
  if (typeof line['v'] === 'number' && line['v'] > 1) {
    throw new GumpError('GUMP-L008', `${place.file}:${place.number}: format ${line['v']} is newer than 1`, {
      data: { file: place.file, line: place.number, format: line['v'] },
      remedy: 'read it with the version of Gump that wrote it, or a newer one',
    })
  }
  if (line['v'] !== 1) {
    if (place.number === 1) throw foreign(place, line)
    throw damaged(place, 'the format version is missing')
  }
  if (line['seq'] !== place.seq) {
    throw damaged(place, `seq is ${JSON.stringify(line['seq'])}, expected ${place.seq}`)
  }
  if (typeof line['run_id'] !== 'string') throw damaged(place, 'run_id is missing')
  if (place.runId !== null && line['run_id'] !== place.runId) {
    throw damaged(place, `it belongs to run ${JSON.stringify(line['run_id'])}`)
  }
  if (!isTime(line['ts'])) throw damaged(place, 'ts is not a time')
  if (typeof line['type'] !== 'string') throw damaged(place, 'type is missing')
  const misfit = bodyCheck(line['type'])?.(value, (field) => place.onOddity?.({ line: place.number, field }))
  if (misfit != null) throw damaged(place, `${misfit.field} ${misfit.why}`)
  return value as LedgerEvent
}

function isTime(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/u.test(value) &&
    !Number.isNaN(Date.parse(value))
  )
}

/** Where a line stands and what it must continue. */
export interface LinePlace {
  readonly file: string
  /** From 1. */
  readonly number: number
  readonly seq: number
  /** null: not known yet. */
  readonly runId: string | null
  readonly onOddity?: (oddity: Oddity) => void
}

/** The program that Gump was before this one wrote lines without a version; its field names tell. */
function foreign(place: LinePlace, line: Readonly<Record<string, unknown>>): GumpError {
  const { file } = place
  const isEarlier = typeof line['type'] === 'string' && /^(?:run|cook|replay)_started$/u.test(line['type'])
  const writer = isEarlier ? 'Gump 0.0 (the earlier program of this name)' : 'another program'
  return new GumpError('GUMP-L012', `${file} was written by ${writer}`, { data: { file, writer } })
}

function damaged(place: LinePlace, why: string, cause?: unknown): GumpError {
  return new GumpError('GUMP-L001', `${place.file}:${place.number}: the line is damaged: ${why}`, {
    data: { file: place.file, line: place.number, why },
    remedy: 'restore the file from a backup; nothing was changed',
    ...(cause === undefined ? {} : { cause }),
  })
}
