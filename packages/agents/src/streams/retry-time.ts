import type { RetryTime } from '../contract.js'
import { asArray, asNumber, asText } from './json-value.js'
import { localTimeInText } from './local-time.js'

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}
const ANNOUNCED = /\b(?:try again|retry|retrying|resets?|available)(?: again)? (?:in|after) /i
const AMOUNT =
  /^(\d{1,6}(?:\.\d{1,6})?) ?(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)\b(?:,? and |, ?| )?/i
const MORE = /^(\d{1,6}(?:\.\d{1,6})?)(ms|s|m|h|d)(?=\d|\b)/i

/**
 * When a message asks to come back: `try again in 3 days 2 hours`, `retry in 22.5s`, `reset after 3h22m`, `try again at
 * 3:05 PM`. null when it names no time.
 */
export function retryTimeInText(text: string): RetryTime | null {
  const localTime = localTimeInText(text)
  return waitInText(text) ?? (localTime === null ? null : { localTime })
}

function waitInText(text: string): RetryTime | null {
  const announced = ANNOUNCED.exec(text.slice(0, 4000))
  if (announced === null) return null
  let rest = text.slice(announced.index + announced[0].length)
  let total = 0
  for (let amount = readAmount(rest); amount !== null; amount = readAmount(rest)) {
    total += amount.ms
    rest = rest.slice(amount.length)
  }
  return total > 0 ? { afterMs: Math.round(total) } : null
}

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/

/** A `retry-after` header: seconds, or a date. null when it is neither. */
export function retryAfterHeader(value: unknown): RetryTime | null {
  const text = asText(value) ?? asText(asArray(value)[0]) ?? asNumber(value)?.toString() ?? ''
  if (/^\d{1,9}(?:\.\d+)?$/.test(text)) return { afterMs: Math.round(Number(text) * 1000) }
  const epochMs = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(epochMs) ? null : { epochMs }
}

function readAmount(text: string): { ms: number; length: number } | null {
  const match = MORE.exec(text) ?? AMOUNT.exec(text)
  if (match === null) return null
  const [whole, number, unit] = match
  return { ms: Number(number) * (UNIT_MS[unitKey(unit ?? '')] ?? 0), length: whole.length }
}

function unitKey(unit: string): string {
  const lower = unit.toLowerCase()
  return lower.startsWith('ms') || lower.startsWith('milli') ? 'ms' : lower.slice(0, 1)
}
