const NAMED = /\b(?:try again|retry|resets?|available)(?: again)? at /i
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DATE = /^([a-z]{3})[a-z]* (\d{1,2})(?:st|nd|rd|th)?,? (\d{4}),? /i
const TIME = /^(\d{1,2}):(\d{2}) ?(AM|PM)\b/i

/**
 * The time of a wall clock that a message names: `try again at 3:05 PM` is `15:05`, `… at Nov 24th, 2026 3:05 PM`
 * is `2026-11-24T15:05`. null when it names none.
 */
export function localTimeInText(text: string): string | null {
  const named = NAMED.exec(text.slice(0, 4000))
  if (named === null) return null
  const rest = text.slice(named.index + named[0].length)
  const date = DATE.exec(rest)
  const time = clockTime(rest.slice(date?.[0].length ?? 0))
  if (time === null || date === null) return time
  const [, name = '', day = '', year = ''] = date
  const month = MONTHS.indexOf(name.toLowerCase()) + 1
  const local = `${year}-${twoDigits(month)}-${day.padStart(2, '0')}T${time}`
  return isLocalTime(local) ? local : null
}

/** True for `HH:MM` and `YYYY-MM-DDTHH:MM`. */
export function isLocalTime(text: string): boolean {
  const [, date = '2000-01-01'] = /^(\d{4}-\d{2}-\d{2})T/.exec(text) ?? []
  const time = text.replace(/^.*T/, '')
  return /^\d{2}:\d{2}$/.test(time) && !Number.isNaN(Date.parse(`${date}T${time}Z`))
}

function clockTime(text: string): string | null {
  const [, hour = '', minute = '', half = ''] = TIME.exec(text) ?? []
  if (hour === '' || Number(hour) < 1 || Number(hour) > 12) return null
  const time = `${twoDigits((Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0))}:${minute}`
  return isLocalTime(time) ? time : null
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
