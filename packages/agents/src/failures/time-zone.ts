// Abbreviations that providers use; summer and winter are told apart by the date, not by the letter.
const ZONES: Readonly<Record<string, string>> = {
  z: 'UTC',
  utc: 'UTC',
  gmt: 'UTC',
  pt: 'America/Los_Angeles',
  pst: 'America/Los_Angeles',
  pdt: 'America/Los_Angeles',
  pacific: 'America/Los_Angeles',
  mt: 'America/Denver',
  mst: 'America/Denver',
  mdt: 'America/Denver',
  ct: 'America/Chicago',
  cdt: 'America/Chicago',
  et: 'America/New_York',
  est: 'America/New_York',
  edt: 'America/New_York',
  eastern: 'America/New_York',
  bst: 'Europe/London',
  cet: 'Europe/Paris',
  cest: 'Europe/Paris',
  wet: 'Europe/Lisbon',
  eet: 'Europe/Athens',
  eest: 'Europe/Athens',
  msk: 'Europe/Moscow',
  ist: 'Asia/Kolkata',
  sgt: 'Asia/Singapore',
  hkt: 'Asia/Hong_Kong',
  kst: 'Asia/Seoul',
  jst: 'Asia/Tokyo',
  aest: 'Australia/Sydney',
  aedt: 'Australia/Sydney',
  nzst: 'Pacific/Auckland',
  nzdt: 'Pacific/Auckland',
  hst: 'Pacific/Honolulu',
  akst: 'America/Anchorage',
  akdt: 'America/Anchorage',
  brt: 'America/Sao_Paulo',
}
const NAMED =
  /^\s*\(?\s*((?:[A-Z][A-Za-z_]+(?:\/[A-Z][A-Za-z\d_+-]+){1,2})|UTC|GMT|Z|Pacific|Eastern|[PMCE][SD]?T|BST|CES?T|EES?T|WET|A[EK][SD]T|NZ[SD]T|[JIKH]ST|MSK|SGT|HKT|BRT)(?![A-Za-z])(?: time)?\s*\)?/
const OFFSET = /^\s*\(?(?:UTC|GMT)?\s*([+-])(\d{1,2}):?(\d{2})?\)?(?!\d)/

/** A time zone at the beginning of a text, and how many characters it takes; null when there is none. */
export function readZone(text: string): { readonly zone: string; readonly length: number } | null {
  const offset = OFFSET.exec(text)
  if (offset !== null) {
    const [whole, sign = '+', hours = '', minutes = '00'] = offset
    const zone = `${sign}${hours.padStart(2, '0')}:${minutes}`
    return isZone(zone) ? { zone, length: whole.length } : null
  }
  const named = NAMED.exec(text)
  if (named === null) return null
  const [whole, name = ''] = named
  const zone = ZONES[name.toLowerCase()] ?? name
  return isZone(zone) ? { zone, length: whole.length } : null
}

/** True for `UTC`, names such as `Europe/Warsaw`, and offsets such as `+02:00`. */
export function isZone(name: string): boolean {
  const offset = /^[+-](\d{2}):([0-5]\d)$/.exec(name)
  if (offset !== null) return Number(offset[1]) <= 14
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
