import { parseDuration } from '@gump/schema'

import { usageError } from '../usage-error.js'

const dayMs = 86_400_000

/** Milliseconds of an age such as `12h` or `30d`. */
export function parseAge(written: string, flag: string, command: string): number {
  const days = /^(\d{1,6})d$/u.exec(written)?.[1]
  const ms = days === undefined ? parseDuration(written) : Number(days) * dayMs
  if (ms === null) throw usageError(`${flag} wants an age such as 12h or 30d, and got "${written}"`, command)
  return ms
}
