import type { RetryTime } from '../contract.js'
import { asArray, asNumber, asText, type JsonObject } from '../streams/json-value.js'
import { momentInText } from './moment-in-text.js'
import { waitInText } from './wait-in-text.js'

const MAX_CHARS = 4000
// `"resets_at":1795936568`, `reset_at=…`, `limit reached|1795936568`: seconds or milliseconds of the epoch.
const EPOCH = /(?:\bresets?(?:_?(?:at|time|timestamp))?"?\s*[:=]\s*"?|\|)(\d{10}|\d{13})(?!\d)/i
// `"resets_in_seconds":13872`, `retry_after_seconds: 30`, `Retry-After: 30`, `"retry_after":30`.
const SECONDS =
  /\b(?:resets?_?in_?seconds|ratelimit-reset-after|retry[-_ ]?after(?:[-_ ]?seconds)?|retryAfterSeconds|reset_?after_?seconds)"?\s*[:=]\s*"?(\d{1,8}(?:\.\d{1,6})?)(?![\d.]*\s?[a-z])/i
// `Retry-After: Wed, 21 Oct 2026 07:28:00 GMT`
const HEADER = /\bretry-after: ([A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} [\d:]{8} GMT)/i
const MILLISECONDS = /\b(?:retry_?delay_?ms|retry_?after_?ms)"?\s*[:=]\s*"?(\d{1,11}(?:\.\d{1,6})?)/i
// `"retryDelay":"34s"`, `quotaResetDelay: "3h22m10s"`.
const DELAY =
  /\b(?:retry_?delay|quota_?reset_?delay|reset_?after|retry_?in|resets?_?in|ratelimit-reset(?:-[a-z]+)?)"?\s*[:=]\s*"?(?=\d)/i
// `"quotaResetTimeStamp":"2026-12-04T00:00:00Z"`, `"reset_at":"2026-…"`.
const STAMP = /\b(?:quota)?_?resets?_?(?:at|time|timestamp|date)"?\s*[:=]\s*"?(?=\d{4}-)/i
const ANNOUNCED =
  /\b(?:try(?: it)? again|come back|retry(?:ing)?|resets?|reset time|renews?|refills?|refresh(?:es)?|available|restored|lifted|unblocked|back|again from|continue|unlocks?|resumes?|lifts|access|(?:cycle|period|window) (?:ends|resets|renews)|until|wait(?: for)?)(?: again)?(?: (?:is|are|will be))?[:,]?\s+/gi
const WAIT = /^(?:in|after|for|within) /i
const FROM_NOW = /^[^.;]{1,40}\bfrom now\b/i

/**
 * When a message asks to come back: `try again in 3 days 2 hours`, `reset after 3h22m`, `try again at 3:05 PM`, `resets Apr
 * 23 at 4pm (America/Recife)`, `your cycle ends on 12/5/2026`, `"retryDelay":"34s"`, `"resets_at":1795936568`. null when
 * it names no time.
 */
export function retryTimeInText(text: string): RetryTime | null {
  const said = text.slice(0, MAX_CHARS).replaceAll(/[\u00A0\u202F]/g, ' ')
  return fieldInText(said) ?? announcedInText(said)
}

function fieldInText(text: string): RetryTime | null {
  const header = HEADER.exec(text)?.[1]
  if (header !== undefined) return retryAfterHeader(header)
  const epoch = EPOCH.exec(text)?.[1]
  if (epoch !== undefined) return { epochMs: Number(epoch) * (epoch.length === 10 ? 1000 : 1) }
  const stamp = after(STAMP, text)
  const moment = stamp === null ? null : momentInText(stamp)
  if (moment !== null) return moment
  const seconds = SECONDS.exec(text)?.[1]
  if (seconds !== undefined) return { afterMs: Math.round(Number(seconds) * 1000) }
  const milliseconds = MILLISECONDS.exec(text)?.[1]
  if (milliseconds !== undefined) return { afterMs: Math.round(Number(milliseconds)) }
  const delay = after(DELAY, text)
  const wait = delay === null ? 0 : waitInText(delay)
  return wait > 0 ? { afterMs: wait } : null
}

function announcedInText(text: string): RetryTime | null {
  for (const { 0: words, index } of text.matchAll(ANNOUNCED)) {
    const rest = text.slice(index + words.length).replace(/^at (?=(?:the )?(?:start|beginning))/i, '')
    const wait = WAIT.test(rest) || /^(?:wait|retry)/i.test(words) ? waitInText(rest.replace(WAIT, '')) : 0
    if (wait > 0) return { afterMs: wait }
    if (FROM_NOW.test(rest) && waitInText(rest) > 0) return { afterMs: waitInText(rest) }
    const moment = momentInText(rest)
    if (moment !== null) return moment
  }
  return null
}

function after(pattern: RegExp, text: string): string | null {
  const match = pattern.exec(text)
  return match === null ? null : text.slice(match.index + match[0].length)
}

// Of the account, then of requests and tokens; what they hold is a moment or a wait.
const RESET_HEADERS = ['anthropic-ratelimit-unified-reset', 'x-ratelimit-reset', 'x-ratelimit-reset-after']

/** When the headers of an answer ask to come back; null when they do not. */
export function retryTimeInHeaders(headers: JsonObject | null): RetryTime | null {
  if (headers === null) return null
  const milliseconds = Number(asText(headers['retry-after-ms']) ?? Number.NaN)
  const retryAfter = retryAfterHeader(headers['retry-after'])
  if (milliseconds > 0) return { afterMs: Math.round(milliseconds) }
  if (retryAfter !== null) return retryAfter
  for (const name of RESET_HEADERS) {
    const value = asText(headers[name])
    const moment = value === null ? null : retryTimeInText(`${name}: ${value}`)
    if (moment !== null) return moment
  }
  return null
}

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/

/** A `retry-after` header: seconds, or a date. null when it is neither. */
export function retryAfterHeader(value: unknown): RetryTime | null {
  const text = asText(value) ?? asText(asArray(value)[0]) ?? asNumber(value)?.toString() ?? ''
  if (/^\d{1,9}(?:\.\d+)?$/.test(text)) return { afterMs: Math.round(Number(text) * 1000) }
  const epochMs = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(epochMs) ? null : { epochMs }
}
