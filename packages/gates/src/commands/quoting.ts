/**
 * Quotes words for bash, with zx's rules. zx takes 60 ms to load, so it is loaded on first use.
 *
 * @example
 * ```ts
 * await quoteWords(['a b.js', 'c.js']) // "$'a b.js' c.js"
 * ```
 */
export async function quoteWords(words: readonly string[]): Promise<string> {
  const { quote } = await import('zx/core')
  return words.map((word) => quote(word)).join(' ')
}
