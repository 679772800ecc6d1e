import { closeSync, openSync, readSync, statSync } from 'node:fs'

/**
 * When a run began, in epoch milliseconds: by the first line of its ledger; else by its id, a UUIDv7;
 * else by the age of its folder. Looks at a few bytes and never fails.
 */
export function runTime(run: {
  readonly id: string
  readonly dir: string
  readonly ledgerFile: string
}): number {
  return timeOfFirstLine(run.ledgerFile) ?? timeOfId(run.id) ?? timeOfFolder(run.dir)
}

const firstBytes = 4096

function timeOfFirstLine(file: string): number | null {
  const buffer = Buffer.alloc(firstBytes)
  let length: number
  try {
    const fd = openSync(file, 'r')
    try {
      length = readSync(fd, buffer, 0, firstBytes, 0)
    } finally {
      closeSync(fd)
    }
  } catch {
    return null
  }
  const [line = ''] = buffer.toString('latin1', 0, length).split('\n', 1)
  const ts = /"ts":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)"/u.exec(line)?.[1]
  const ms = ts === undefined ? Number.NaN : Date.parse(ts)
  return Number.isNaN(ms) ? null : ms
}

function timeOfId(id: string): number | null {
  const digits = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-/u.exec(id)
  return digits === null ? null : Number.parseInt(`${digits[1]}${digits[2]}`, 16)
}

function timeOfFolder(dir: string): number {
  try {
    return statSync(dir).mtimeMs
  } catch {
    return 0
  }
}
