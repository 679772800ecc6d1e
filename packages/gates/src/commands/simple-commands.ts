/** One simple command of shell text: a program and its arguments. */
export interface SimpleCommand {
  /** As it stands in the text. */
  readonly text: string
  readonly start: number
  readonly end: number
  /** Its words without quotes; assignments before the program are left out. */
  readonly words: readonly string[]
}

const OPERATOR = /^(?:&&|\|\||;;?|\|&?|&(?![>\d])|\n|\(|\)|\{(?=\s)|\}(?=\s|$|[;&|)]))/
/** Words that shells read themselves; what follows them is a command. */
const KEYWORD = /^(?:if|then|else|elif|while|until|do|!|time|exec|command|env|nohup|sudo)$/
const CLOSING = /^(?:fi|done|esac|for|case|in)$/

/**
 * The simple commands of shell text, in order. Quotes, escapes, comments and substitutions are understood as far as
 * is needed to find where commands begin and end; nothing is expanded.
 */
export function simpleCommands(text: string): SimpleCommand[] {
  const found: SimpleCommand[] = []
  let start = 0
  let index = 0
  const close = (end: number): void => {
    const piece = text.slice(start, end)
    const leading = piece.length - piece.trimStart().length
    const trimmed = piece.trim()
    if (trimmed !== '') {
      const from = start + leading
      const words = programWords(shellWords(trimmed))
      if (words.length > 0) found.push({ text: trimmed, start: from, end: from + trimmed.length, words })
    }
  }
  while (index < text.length) {
    const skipped = quotedEnd(text, index)
    if (skipped > index) {
      index = skipped
      continue
    }
    const operator = OPERATOR.exec(text.slice(index, index + 3))?.[0]
    const brace = operator === '{' || operator === '}'
    if (operator !== undefined && !(brace && /\S/.test(text[index - 1] ?? ' ') && text[index - 1] !== ';')) {
      // `2>&1` and `&>file` are redirections, not operators.
      if (!(operator === '&' && text[index - 1] === '>')) {
        close(index)
        index += operator.length
        start = index
        continue
      }
    }
    if (text[index] === '#' && /[\s;&|(]/.test(text[index - 1] ?? ' ')) {
      close(index)
      const end = text.indexOf('\n', index)
      index = end === -1 ? text.length : end
      start = index
      continue
    }
    index += 1
  }
  close(text.length)
  return found
}

/** The words of one simple command without their quotes, redirections left out. */
export function shellWords(text: string): string[] {
  const words: string[] = []
  let word: string | null = null
  let index = 0
  while (index < text.length) {
    const end = quotedEnd(text, index)
    if (text.startsWith('\\\n', index)) index = end
    else if (end > index) {
      word = (word ?? '') + unquoted(text.slice(index, end))
      index = end
    } else if (/\s/.test(text[index] ?? '')) {
      if (word !== null) words.push(word)
      word = null
      index += 1
    } else {
      word = (word ?? '') + (text[index] ?? '')
      index += 1
    }
  }
  if (word !== null) words.push(word)
  return words.filter(
    (each, at) => !/^\d*(?:>>?|<|&>)/.test(each) && !/^\d*(?:>>?|<)$/.test(words[at - 1] ?? ''),
  )
}

function programWords(words: readonly string[]): readonly string[] {
  let at = 0
  while (at < words.length) {
    const word = words[at] ?? ''
    const wrapper = /^(?:env|sudo)$/.test(words[at - 1] ?? '') && word.startsWith('-')
    if (!/^[A-Za-z_]\w*\+?=/.test(word) && !KEYWORD.test(word) && !wrapper) break
    at += 1
  }
  const rest = words.slice(at)
  return CLOSING.test(rest[0] ?? '') ? [] : rest
}

/** Where a quoted piece, an escape or a substitution that begins at `index` ends; `index` itself when none does. */
function quotedEnd(text: string, index: number): number {
  const character = text[index]
  if (character === '\\') return Math.min(text.length, index + 2)
  if (character === "'") return after(text, text.indexOf("'", index + 1))
  if (character === '"' || character === '`') {
    for (let at = index + 1; at < text.length; at += 1) {
      if (text[at] === '\\') at += 1
      else if (text[at] === character) return at + 1
    }
    return text.length
  }
  if (text.startsWith('$(', index) || text.startsWith('${', index)) {
    const [open, shut] = text[index + 1] === '(' ? ['(', ')'] : ['{', '}']
    let depth = 0
    for (let at = index + 1; at < text.length; at += 1) {
      if (text[at] === open) depth += 1
      else if (text[at] === shut && (depth -= 1) === 0) return at + 1
    }
    return text.length
  }
  return index
}

function after(text: string, index: number): number {
  return index === -1 ? text.length : index + 1
}

function unquoted(piece: string): string {
  if (piece.startsWith('\\')) return piece.slice(1)
  if (/^['"]/.test(piece))
    return piece.slice(1, piece.length > 1 && piece.endsWith(piece[0] ?? '') ? -1 : undefined)
  return piece
}
