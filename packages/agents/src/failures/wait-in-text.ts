const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}
const WORDS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const AMOUNT =
  /^((?:half )?an? |a few |(?:a )?couple(?: of)? |(?:one|two|three|four|five|six|seven|eight|nine|ten) |\d{1,6}(?:\.\d{1,9})? ?)(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)\b(?:,? and |, ?| )?/i
const MORE = /^(\d{1,6}(?:\.\d{1,9})?)(ms|s|m|h|d)(?=\d|\b)/i

// `00:34:12`. Of two numbers nobody knows whether they are a time on a clock.
const CLOCKWORK = /^(\d{1,3}):(\d{2}):(\d{2})(?![\d:])/

/** The duration that a text begins with, in milliseconds: `3 days 2 hours`, `22.5s`, `3h22m10s`, `an hour`. 0 for none. */
export function waitInText(text: string): number {
  let rest = text.replace(
    /^[\s"':=~]*(?:(?:about|approximately|around|another|less than|up to|under|at most|roughly) )?/i,
    '',
  )
  const clockwork = CLOCKWORK.exec(rest)
  if (clockwork !== null) {
    const [hours, minutes, seconds] = clockwork.slice(1).map(Number) as [number, number, number]
    return ((hours * 60 + minutes) * 60 + seconds) * 1000
  }
  let total = 0
  for (let amount = readAmount(rest); amount !== null; amount = readAmount(rest)) {
    total += amount.ms
    rest = rest.slice(amount.length).replace(/^(?:,? and |, ?| )/i, '')
  }
  return Math.round(total)
}

function readAmount(text: string): { ms: number; length: number } | null {
  const match = MORE.exec(text) ?? AMOUNT.exec(text)
  if (match === null) return null
  const [whole, number = '', unit = ''] = match
  return { ms: countOf(number.trim().toLowerCase()) * (UNIT_MS[unitKey(unit)] ?? 0), length: whole.length }
}

function countOf(number: string): number {
  if (number.startsWith('half')) return 0.5
  if (number.includes('couple')) return 2
  if (number === 'a few') return 5
  if (/^an?$/.test(number)) return 1
  const word = WORDS.indexOf(number)
  return word === -1 ? Number(number) : word + 1
}

function unitKey(unit: string): string {
  const lower = unit.toLowerCase()
  return lower.startsWith('ms') || lower.startsWith('milli') ? 'ms' : lower.slice(0, 1)
}
