import { createHash } from 'node:crypto'

/** A UUID that is always the same for the same text, and another one for any other. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  // Version 8, which is free-form, and the variant of RFC 9562.
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
