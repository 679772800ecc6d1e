const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/
const DAY =
  /^(?:(\d{4})-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$|^(?:mon|tue|wed|thu|fri|sat|sun|tomorrow|month)$/

/**
 * True for a time on somebody's clock: `HH:MM`, with a day in front when one is known: `2026-11-24T15:05`, `11-24T15:05`,
 * `monT09:00` (the next Monday), `tomorrowT09:00`, `monthT00:00` (the first day of the next month).
 */
export function isLocalTime(text: string): boolean {
  const [day, time] = text.includes('T')
    ? [text.slice(0, text.indexOf('T')), text.slice(text.indexOf('T') + 1)]
    : [null, text]
  if (!TIME_OF_DAY.test(time)) return false
  return day === null || isDay(day)
}

function isDay(text: string): boolean {
  const match = DAY.exec(text)
  if (match === null) return false
  const [, year, month, day] = match
  if (month === undefined) return true
  // A leap year, when none is told.
  const date = new Date(`${year ?? '2028'}-${month}-${day}T00:00:00Z`)
  return date.getUTCDate() === Number(day)
}
