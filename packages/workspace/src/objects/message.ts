import type { CommitDescription } from '../contract.js'

/**
 * The commit message of a description: subject, blank line, one `Key: value` line per trailer in the given order.
 *
 * Every value stays on its line and can be read back: backslashes are doubled, and control characters, line
 * separators, bidirectional controls and outer blanks are written as `\n`, `\t`, `\r` or `\u{…}`. Characters of a key
 * that git does not allow become `-`.
 *
 * @example
 * ```ts
 * formatMessage({ subject: 'impl: add-auth', trailers: { 'Gump-Task': 'a\nGump-Status: pass' } })
 * // 'impl: add-auth\n\nGump-Task: a\\nGump-Status: pass\n'
 * ```
 */
export function formatMessage({ subject, trailers }: CommitDescription): string {
  const first = escapeLine(subject.trim()) || '(no subject)'
  const lines = Object.entries(trailers).map(([key, value]) => `${formatKey(key)}: ${escapeLine(value)}`)
  return lines.length === 0 ? `${first}\n` : `${first}\n\n${lines.join('\n')}\n`
}

/**
 * The trailers of a message: the last paragraph, when it is not the subject and every line of it is `Key: value`.
 * Undoes the escapes of {@link formatMessage}. Of a key that comes twice the first counts.
 */
export function parseTrailers(message: string): Readonly<Record<string, string>> {
  const paragraphs = message
    .replaceAll('\r\n', '\n')
    .split(/\n{2,}/u)
    .map((paragraph) => paragraph.replace(/^\n+|\n+$/gu, ''))
    .filter((paragraph) => paragraph !== '')
  const last = paragraphs.length > 1 ? paragraphs.at(-1) : undefined
  if (last === undefined) return {}
  const trailers: Record<string, string> = {}
  for (const line of last.split('\n')) {
    const match = /^([A-Za-z0-9][A-Za-z0-9-]*):(?: (.*))?$/su.exec(line)
    if (match?.[1] === undefined) return {}
    if (!Object.hasOwn(trailers, match[1])) trailers[match[1]] = unescapeLine(match[2] ?? '')
  }
  return trailers
}

const short: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
const long: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\' }

/** One line of visible characters that {@link unescapeLine} turns back. */
function escapeLine(text: string): string {
  return text.replace(
    /\\|[\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}\p{Bidi_Control}\uFEFF]|^\s|\s$/gu,
    (character) => short[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  )
}

function unescapeLine(text: string): string {
  return text.replace(
    /\\(?:u\{([0-9a-f]{1,6})\}|([nrt\\]))/gu,
    (whole, hex: string | undefined, letter: string | undefined) => {
      if (letter !== undefined) return long[letter] ?? whole
      const code = Number.parseInt(hex ?? '', 16)
      return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole
    },
  )
}

function formatKey(key: string): string {
  return key.replace(/[^A-Za-z0-9-]/gu, '-').replace(/^-+/u, '') || 'Trailer'
}
