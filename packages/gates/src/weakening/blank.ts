/** How a language writes what is no code. */
export interface LexicalRules {
  /** What begins a comment that ends with the line. */
  readonly lineComments: readonly string[]
  readonly blockComments: readonly (readonly [open: string, close: string])[]
  /** Longest first; a backslash escapes inside of all but raw ones. */
  readonly strings: readonly (readonly [open: string, close: string])[]
  /** JavaScript and Ruby have literals between slashes. */
  readonly slashLiterals?: boolean
}

/** Source text of the same length in two versions, so that positions in one are positions in the other. */
export interface BlankedSource {
  readonly text: string
  /** Comments are blanks. */
  readonly withoutComments: string
  /** Comments and the insides of strings are blanks: brackets in it are code. */
  readonly code: string
}

/** Takes comments and strings out of source text, as far as reading on is possible without knowing the grammar. */
export function blankSource(text: string, rules: LexicalRules): BlankedSource {
  const code = text.split('')
  const withoutComments = text.split('')
  const wipe = (target: string[], from: number, to: number): void => {
    for (let i = from; i < to; i += 1) if (target[i] !== '\n') target[i] = ' '
  }
  let at = 0
  /** The last character of code that was no blank: tells a division from a literal. */
  let previous = ''
  while (at < text.length) {
    const comment = commentAt(text, at, rules)
    if (comment !== null) {
      wipe(code, at, comment)
      wipe(withoutComments, at, comment)
      at = comment
      continue
    }
    const literal = stringAt(text, at, rules) ?? slashLiteralAt(text, at, previous, rules)
    if (literal !== null) {
      wipe(code, at + literal.open, literal.end - literal.close)
      previous = '"'
      at = literal.end
      continue
    }
    const character = text.charAt(at)
    if (!/\s/.test(character)) previous = character
    at += 1
  }
  return { text, withoutComments: withoutComments.join(''), code: code.join('') }
}

function commentAt(text: string, at: number, { lineComments, blockComments }: LexicalRules): number | null {
  for (const [open, close] of blockComments) {
    if (!text.startsWith(open, at)) continue
    const end = text.indexOf(close, at + open.length)
    return end === -1 ? text.length : end + close.length
  }
  for (const open of lineComments) {
    if (!text.startsWith(open, at)) continue
    const end = text.indexOf('\n', at)
    return end === -1 ? text.length : end
  }
  return null
}

interface Literal {
  readonly open: number
  readonly close: number
  readonly end: number
}

function stringAt(text: string, at: number, { strings }: LexicalRules): Literal | null {
  const found = strings.find(([open]) => text.startsWith(open, at))
  if (found === undefined) return null
  const [open, close] = found
  const multiline = open.length > 1 || open === '`'
  for (let i = at + open.length; i < text.length; i += 1) {
    const character = text.charAt(i)
    if (character === '\\') i += 1
    else if (text.startsWith(close, i))
      return { open: open.length, close: close.length, end: i + close.length }
    // A quotation mark that is no string, such as a lifetime of Rust.
    else if (character === '\n' && !multiline) return null
  }
  return null
}

function slashLiteralAt(text: string, at: number, previous: string, rules: LexicalRules): Literal | null {
  if (rules.slashLiterals !== true || text.charAt(at) !== '/' || !/^$|[(,=:[!&|?{};~]/.test(previous))
    return null
  let inClass = false
  for (let i = at + 1; i < text.length; i += 1) {
    const character = text.charAt(i)
    if (character === '\n') return null
    if (character === '\\') i += 1
    else if (character === '[') inClass = true
    else if (character === ']') inClass = false
    else if (character === '/' && !inClass) return { open: 1, close: 1, end: i + 1 }
  }
  return null
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/** The position behind the bracket that closes the one at `open`; the end of the text when none does. */
export function afterBracket(code: string, open: number): number {
  const stack: string[] = []
  for (let i = open; i < code.length; i += 1) {
    const character = code.charAt(i)
    const closing = CLOSING[character]
    if (closing !== undefined) stack.push(closing)
    else if (character === stack.at(-1)) {
      stack.pop()
      if (stack.length === 0) return i + 1
    }
  }
  return code.length
}

/** Line of a position, from 1. */
export function lineAt(text: string, position: number): number {
  let line = 1
  for (let i = text.indexOf('\n'); i !== -1 && i < position; i = text.indexOf('\n', i + 1)) line += 1
  return line
}
