import { newWordState } from './shell-words.js'
import type { WordState } from './shell-words.js'

/** A list of commands: the top level (`close: null`), a subshell, a substitution. */
export interface CommandFrame extends WordState {
  readonly kind: 'command'
  readonly close: ')' | '`' | null
  comment: boolean
  /** Here-documents whose bodies start after the next newline. */
  pending: HereDocument[]
  /** In backticks: an escape changed what the inner shell sees, so the context is not known for sure. */
  murky: boolean
}

export interface HereDocument {
  readonly delimiter: string
  readonly stripTabs: boolean
  readonly quoted: boolean
}

export interface HereDocumentFrame extends HereDocument {
  readonly kind: 'here-document'
  lineStart: boolean
}

export interface ArithmeticFrame {
  readonly kind: 'arithmetic'
  readonly close: '))' | ']'
  depth: number
}

/** One level of nesting of shell text. */
export type ShellFrame =
  | CommandFrame
  | HereDocumentFrame
  | ArithmeticFrame
  | { readonly kind: 'parameter' }
  | { readonly kind: 'double' }
  | { readonly kind: 'single'; readonly escapes: boolean }

export function commandFrame(close: CommandFrame['close']): CommandFrame {
  return { kind: 'command', close, comment: false, pending: [], murky: false, ...newWordState() }
}

const parameterName = /[#!]?(?:[A-Za-z_]\w*|\d+|[@*#?$!-])?(?:\[[^\]]{0,200}\])?/y

/** Where the name of a `${…}` ends; it may hold characters that mean something else behind it, as in `${#}`. */
export function skipParameterName(text: string, offset: number): number {
  parameterName.lastIndex = offset
  return offset + (parameterName.exec(text)?.[0].length ?? 0)
}

const delimiterWord = /[ \t]*((?:\\.|'[^']*'|"[^"]*"|[^\s;&|<>()'"\\])*)/sy

/** Reads the redirection `<<WORD` or `<<-WORD` at `offset`. */
export function readHereDocument(
  text: string,
  offset: number,
): { readonly document: HereDocument; readonly next: number } {
  const stripTabs = text.charAt(offset + 2) === '-'
  delimiterWord.lastIndex = offset + (stripTabs ? 3 : 2)
  const found = delimiterWord.exec(text)
  const word = found?.[1] ?? ''
  return {
    document: {
      delimiter: word.replaceAll(/\\(.)|['"]/gs, '$1'),
      stripTabs,
      quoted: /['"\\]/.test(word),
    },
    next: found === null ? offset + 2 : found.index + found[0].length,
  }
}
