/** The words of a command line up to the cursor; the last is the one that is being typed, and may be empty. */
export function readLine(line: string): readonly string[] {
  const words: string[] = []
  let word: string | null = null
  let quote: string | null = null
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at)
    if (quote === null && /\s/u.test(char)) {
      if (word !== null) words.push(word)
      word = null
    } else if (quote === null && (char === '"' || char === "'")) {
      quote = char
      word ??= ''
    } else if (char === quote) {
      quote = null
    } else if (char === '\\' && quote !== "'") {
      at += 1
      word = (word ?? '') + line.charAt(at)
    } else {
      word = (word ?? '') + char
    }
  }
  return [...words, word ?? '']
}
