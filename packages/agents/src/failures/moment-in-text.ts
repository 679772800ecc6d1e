import type { RetryTime } from '../contract.js'
import { isLocalTime } from './local-time.js'
import { readZone } from './time-zone.js'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?'
const WEEKDAY = /^(mon|tue|wed|thu|fri|sat|sun)(?:[a-z]*day)?\b\.?,?/i
const NAMED_DAY = new RegExp(`^${MONTH} (\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,? (\\d{4})(?!\\d))?`, 'i')
const DAY_NAMED = new RegExp(
  `^(?:the )?(\\d{1,2})(?:st|nd|rd|th)? (?:of )?${MONTH}(?:,? (\\d{4})(?!\\d))?`,
  'i',
)
const AMERICAN = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?(?!\d)/
const ISO = /^(\d{4})[-/](\d{2})[-/](\d{2})(?!\d)/
// `05.12.2026`, `24.12.`: day first.
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4})?(?!\d)/
const TIME = /^T?(\d{1,2})(?::(\d{2}))?(?::\d{2}(?:\.\d+)?)? ?([ap])\.?m\b\.?/i
const TIME_24 = /^T?(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?!\d)/
const WORDS =
  /^(?:[,;·|]|at|on|by|in|after|the|next|daily|every day|every|each day|around|approximately|about|until|from|~|=|:|"|')+(?=[\s\d"'(]|$)/i
const NEXT_MONTH =
  /^(?:(?:start|beginning|1st|first)(?: day)? of (?:the )?(?:next |coming )?(?:calendar )?month|next (?:calendar )?month|1st)\b(?! (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))/i

interface Reading {
  rest: string
  day: string | null
  time: string | null
  zone: string | null
}

/**
 * The moment that a text begins with: a day, a time or both, in any order, and a time zone. `4pm (Europe/Warsaw)`,
 * `Apr 23 at 4pm`, `2026-12-04 at 00:00 UTC`, `Tuesday 9:30 AM PT`, `12/5/2026`, `tomorrow at 9`. null when it does not
 * begin with one.
 */
export function momentInText(text: string): RetryTime | null {
  const reading: Reading = { rest: text.trimStart(), day: null, time: null, zone: null }
  while (readOne(reading)) reading.rest = reading.rest.trimStart()
  const { day, time, zone } = reading
  if (day === null && time === null) return null
  const localTime = day === null ? (time ?? '00:00') : `${day}T${time ?? '00:00'}`
  return isLocalTime(localTime) ? { localTime, ...(zone === null ? {} : { zone }) } : null
}

function readOne(reading: Reading): boolean {
  return readTime(reading) || readDay(reading) || readTimeZone(reading) || skipWord(reading)
}

function take(reading: Reading, length: number): true {
  reading.rest = reading.rest.slice(length)
  return true
}

function readTime(reading: Reading): boolean {
  if (reading.time !== null) return false
  const word = /^(midnight|noon)\b/i.exec(reading.rest)
  if (word !== null) {
    reading.time = word[1]?.toLowerCase() === 'noon' ? '12:00' : '00:00'
    return take(reading, word[0].length)
  }
  const match = TIME.exec(reading.rest) ?? TIME_24.exec(reading.rest)
  if (match === null) return false
  const [whole, hour = '', minute = '00', half] = match
  if (half !== undefined && (Number(hour) < 1 || Number(hour) > 12)) return false
  const hours =
    half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  reading.time = `${twoDigits(hours)}:${minute}`
  return take(reading, whole.length)
}

function readDay(reading: Reading): boolean {
  const weekday = WEEKDAY.exec(reading.rest)
  if (weekday !== null) {
    // A date that follows says more.
    reading.day ??= weekday[1]?.toLowerCase() ?? null
    return take(reading, weekday[0].length)
  }
  if (reading.day !== null && reading.day.length > 3) return false
  const { rest } = reading
  const nextMonth = NEXT_MONTH.exec(rest)
  const soon = /^(today|tomorrow)\b/i.exec(rest)
  const date = dateOf(rest)
  if (nextMonth !== null) reading.day = 'month'
  else if (soon !== null) reading.day = soon[1]?.toLowerCase() === 'tomorrow' ? 'tomorrow' : null
  else if (date !== null) reading.day = date.day
  return take(reading, (nextMonth ?? soon)?.[0].length ?? date?.length ?? 0) && reading.rest !== rest
}

function dateOf(text: string): { readonly day: string; readonly length: number } | null {
  const iso = ISO.exec(text)
  if (iso !== null) return { day: iso.slice(1).join('-'), length: iso[0].length }
  const dotted = DOTTED.exec(text)
  if (dotted !== null) {
    const [whole, day = '', month = '', year] = dotted
    return { day: dayText(Number(month), day, year), length: whole.length }
  }
  const american = AMERICAN.exec(text)
  if (american !== null) {
    const [whole, month = '', day = '', year] = american
    return { day: dayText(Number(month), day, year), length: whole.length }
  }
  const named = NAMED_DAY.exec(text)
  const [whole, month = '', day = '', year] = named ?? swapped(DAY_NAMED.exec(text)) ?? []
  if (whole === undefined) return null
  return { day: dayText(MONTHS.indexOf(month.toLowerCase()) + 1, day, year), length: whole.length }
}

function swapped(match: RegExpExecArray | null): readonly (string | undefined)[] | null {
  return match === null ? null : [match[0], match[2], match[1], match[3]]
}

function dayText(month: number, day: string, year: string | undefined): string {
  return `${year === undefined ? '' : `${year}-`}${twoDigits(month)}-${day.padStart(2, '0')}`
}

function readTimeZone(reading: Reading): boolean {
  if (reading.zone !== null || (reading.time === null && reading.day === null)) return false
  const found = readZone(reading.rest)
  if (found === null) return false
  reading.zone = found.zone
  return take(reading, found.length)
}

function skipWord(reading: Reading): boolean {
  const word = WORDS.exec(reading.rest)
  return word !== null && take(reading, word[0].length)
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
