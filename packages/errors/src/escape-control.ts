// C0 and C1 controls, soft hyphen, marks that reorder or hide text, line and paragraph separators, tags, lone surrogates.
const unsafe =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|[\ud800-\udfff]/gu

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\0' }

/** What {@link escapeControl} leaves alone. */
export interface EscapeOptions {
  /** Keep line feeds and tabs, for text that is shown as several lines. */
  readonly multiline?: boolean
}

/**
 * Makes text from outside safe to print: control characters, terminal escapes and characters that reorder or hide
 * text become visible escapes; everything else stays as it is.
 *
 * @example
 * ```ts
 * escapeControl('a\u001b[31mb') // 'a\\x1b[31mb'
 * ```
 */
export function escapeControl(text: string, options: EscapeOptions = {}): string {
  return text.replace(unsafe, (character) => {
    if (options.multiline === true && (character === '\n' || character === '\t')) return character
    return short[character] ?? escapeOne(character.codePointAt(0) ?? 0)
  })
}

function escapeOne(code: number): string {
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, '0')}`
  return `\\u{${code.toString(16)}}`
}
