import { commandFrame, readHereDocument, skipParameterName } from './shell-frames.js'
import type { ArithmeticFrame, CommandFrame, HereDocumentFrame, ShellFrame } from './shell-frames.js'
import { endCommand, endWord, inSubscript, opaque } from './shell-words.js'

/** Where a variable stands in a shell command, as far as inserting data goes. */
export type ShellPlacement =
  /** A word of its own or a part of one: needs quotes. */
  | 'bare'
  /** Inside double quotes or a here-document: quoted already. */
  | 'quoted'
  | 'comment'
  | 'single-quotes'
  | 'quoted-here-document'
  | 'here-document-delimiter'
  | 'escaped'
  | 'parameter-expansion'
  | 'arithmetic'
  | 'backticks-with-escapes'

/**
 * Finds out in which context of a bash command each variable stands. Quotes, substitutions, here-documents, comments,
 * arithmetic, `[[` and `case` are understood; what a command does with its arguments (`eval`, `bash -c`, `let`) is not.
 *
 * @param segments - texts of the command; a variable stands between each two of them.
 * @returns one placement for each variable, so one less than there are segments.
 */
export function placeShellVariables(segments: readonly string[]): readonly ShellPlacement[] {
  const lexer = new ShellLexer()
  segments.forEach((segment, index) => {
    const isLast = index === segments.length - 1
    lexer.read(segment, isLast)
    if (!isLast) lexer.place()
  })
  return lexer.placements
}

class ShellLexer {
  readonly placements: ShellPlacement[] = []
  private readonly frames: ShellFrame[] = [commandFrame(null)]
  private text = ''
  private at = 0
  private isLast = false
  /** A backslash was the last character before the variable. */
  private escaped = false
  /** The variable is part of the word after `<<`. */
  private inDelimiter = false

  read(text: string, isLast: boolean): void {
    this.text = text
    this.at = 0
    this.isLast = isLast
    while (this.at < text.length) this.step()
  }

  place(): void {
    const frame = this.top()
    const index = this.placements.push(this.placementIn(frame)) - 1
    this.escaped = false
    this.inDelimiter = false
    if (frame.kind === 'here-document') frame.lineStart = false
    if (frame.kind !== 'command' || frame.comment) return
    if (inSubscript(frame)) this.placements[index] = 'arithmetic'
    frame.variables.push(index)
    frame.word += opaque
  }

  private placementIn(frame: ShellFrame): ShellPlacement {
    if (frame.kind === 'single') return 'single-quotes'
    if (frame.kind === 'arithmetic') return 'arithmetic'
    if (frame.kind === 'parameter') return 'parameter-expansion'
    if (frame.kind === 'here-document' && frame.quoted) return 'quoted-here-document'
    if (frame.kind === 'command' && frame.comment) return 'comment'
    if (this.inDelimiter) return 'here-document-delimiter'
    if (this.escaped) return 'escaped'
    if (this.frames.some((outer) => outer.kind === 'command' && outer.murky)) return 'backticks-with-escapes'
    return frame.kind === 'command' ? 'bare' : 'quoted'
  }

  private step(): void {
    const frame = this.top()
    const char = this.text.charAt(this.at)
    if (frame.kind === 'here-document' && frame.lineStart) {
      if (this.endHereDocument(frame)) return
    }
    if (char === '\\' && frame.kind !== 'single') this.backslash(frame)
    else if (char === '`' && this.closeBackticks()) this.at += 1
    else if (frame.kind === 'command') this.inCommand(frame, char)
    else if (frame.kind === 'double') this.inDouble(char)
    else if (frame.kind === 'single') this.inSingle(char, frame.escapes)
    else if (frame.kind === 'arithmetic') this.inArithmetic(frame, char)
    else if (frame.kind === 'parameter') this.inParameter(char)
    else this.inHereDocument(frame, char)
  }

  private inCommand(frame: CommandFrame, char: string): void {
    if (char === '\n') {
      this.evaluated(endCommand(frame))
      frame.comment = false
      this.at += 1
      const documents = frame.pending.splice(0).toReversed()
      this.frames.push(
        ...documents.map((document) => ({ kind: 'here-document' as const, lineStart: true, ...document })),
      )
    } else if (frame.comment) {
      this.at += 1
    } else if (char === '#' && frame.word === '') {
      frame.comment = true
    } else if (/[ \t\r]/.test(char)) {
      this.evaluated(endWord(frame))
      this.at += 1
    } else if (/[;&|]/.test(char)) {
      this.evaluated(endCommand(frame))
      this.at += 1
    } else if (char === '<' || char === '>') {
      this.redirection(frame)
    } else if (char === '(') {
      this.openParenthesis(frame)
    } else if (char === ')') {
      this.closeParenthesis(frame)
    } else if (!this.opens(char, '\'"`$')) {
      frame.word += char
      this.at += 1
    } else {
      frame.word += opaque
    }
  }

  private redirection(frame: CommandFrame): void {
    this.evaluated(endWord(frame))
    const operator = /<<<|<<|[<>]/y
    operator.lastIndex = this.at
    const found = operator.exec(this.text)?.[0] ?? ''
    if (found !== '<<') {
      this.at += found.length
      return
    }
    const { document, next } = readHereDocument(this.text, this.at)
    this.at = next
    if (next === this.text.length && !this.isLast) this.inDelimiter = true
    else frame.pending.push(document)
  }

  private openParenthesis(frame: CommandFrame): void {
    this.at += 1
    if (frame.inTest) return
    const isArithmetic =
      frame.word === '' &&
      (frame.atStart || frame.previousWord === 'for') &&
      this.text.charAt(this.at) === '('
    if (isArithmetic) {
      this.at += 1
      this.frames.push({ kind: 'arithmetic', close: '))', depth: 0 })
    } else {
      this.evaluated(endCommand(frame))
      this.frames.push(commandFrame(')'))
    }
  }

  private closeParenthesis(frame: CommandFrame): void {
    this.at += 1
    if (frame.inTest) return
    this.evaluated(endCommand(frame))
    if (frame.cases === 0 && frame.close === ')') this.close(this.frames.length - 1)
  }

  private inDouble(char: string): void {
    if (char === '"') {
      this.frames.pop()
      this.at += 1
    } else if (!this.opens(char, '`$')) {
      this.at += 1
    }
  }

  private inSingle(char: string, escapes: boolean): void {
    if (char === "'") this.frames.pop()
    this.at += char === '\\' && escapes ? 2 : 1
  }

  private inParameter(char: string): void {
    if (char === '}') {
      this.frames.pop()
      this.at += 1
    } else if (!this.opens(char, '\'"`$')) {
      this.at += 1
    }
  }

  private inArithmetic(frame: ArithmeticFrame, char: string): void {
    const [open, close] = frame.close === ']' ? '[]' : '()'
    if (this.opens(char, '\'"`$')) return
    this.at += 1
    if (char === open) {
      frame.depth += 1
    } else if (char === close && frame.depth > 0) {
      frame.depth -= 1
    } else if (char === close && (close === ']' || this.text.charAt(this.at) === ')')) {
      if (close === ')') this.at += 1
      this.frames.pop()
    } else if (char === close) {
      // `((a); b)` was a subshell in a subshell after all.
      this.frames[this.frames.length - 1] = commandFrame(')')
    }
  }

  private inHereDocument(frame: HereDocumentFrame, char: string): void {
    frame.lineStart = char === '\n'
    if (frame.quoted || !this.opens(char, '`$')) this.at += 1
  }

  /** Pops the here-document when the cursor is at the line that ends it. */
  private endHereDocument(frame: HereDocumentFrame): boolean {
    const newline = this.text.indexOf('\n', this.at)
    if (newline < 0 && !this.isLast) return false
    const line = this.text.slice(this.at, newline < 0 ? undefined : newline)
    if ((frame.stripTabs ? line.replace(/^\t+/, '') : line) !== frame.delimiter) return false
    this.frames.pop()
    this.at = newline < 0 ? this.text.length : newline + 1
    return true
  }

  /** Opens the quote or expansion that starts at the cursor, if it is one of `allowed`. */
  private opens(char: string, allowed: string): boolean {
    if (char === '' || !allowed.includes(char)) return false
    const quotes = allowed.includes("'")
    if (char === '$') return this.dollar(quotes)
    if (char === "'") this.frames.push({ kind: 'single', escapes: false })
    else if (char === '"') this.frames.push({ kind: 'double' })
    else this.frames.push(commandFrame('`'))
    this.at += 1
    return true
  }

  private dollar(quotes: boolean): boolean {
    const rest = this.text.slice(this.at + 1, this.at + 3)
    if (rest === '((') this.push({ kind: 'arithmetic', close: '))', depth: 0 }, 3)
    else if (rest.startsWith('(')) this.push(commandFrame(')'), 2)
    else if (rest.startsWith('[')) this.push({ kind: 'arithmetic', close: ']', depth: 0 }, 2)
    else if (rest.startsWith("'") && quotes) this.push({ kind: 'single', escapes: true }, 2)
    else if (rest.startsWith('"') && quotes) this.push({ kind: 'double' }, 2)
    else if (rest.startsWith('{')) {
      this.push({ kind: 'parameter' }, skipParameterName(this.text, this.at + 2) - this.at)
    } else return false
    return true
  }

  private push(frame: ShellFrame, width: number): void {
    this.frames.push(frame)
    this.at += width
  }

  private backslash(frame: ShellFrame): void {
    if (frame.kind === 'here-document') frame.lineStart = false
    if (frame.kind === 'here-document' && frame.quoted) {
      this.at += 1
      return
    }
    if (frame.kind === 'command' && frame.comment) {
      this.at += 1
      return
    }
    const next = this.text.charAt(this.at + 1)
    if (frame.kind === 'command' && next !== '\n') frame.word += opaque
    const backticks = this.frames.findLast((outer) => outer.kind === 'command' && outer.close === '`')
    if (backticks?.kind === 'command' && /[`\\"]/.test(next)) backticks.murky = true
    if (this.at + 1 === this.text.length && !this.isLast) this.escaped = true
    this.at += 2
  }

  /** An unescaped backtick ends the innermost open one, whatever is open inside it. */
  private closeBackticks(): boolean {
    const index = this.frames.findLastIndex((frame) => frame.kind === 'command' && frame.close === '`')
    if (index < 0) return false
    this.close(index)
    return true
  }

  /** Drops the frame and all inside it; here-documents still waiting for their body go to the list around it. */
  private close(index: number): void {
    const closed = this.frames.splice(index)
    const around = this.frames.findLast((frame) => frame.kind === 'command')
    if (around?.kind !== 'command') return
    for (const frame of closed) if (frame.kind === 'command') around.pending.push(...frame.pending)
  }

  private evaluated(indices: readonly number[]): void {
    for (const index of indices) if (this.placements[index] === 'bare') this.placements[index] = 'arithmetic'
  }

  private top(): ShellFrame {
    return this.frames.at(-1) ?? commandFrame(null)
  }
}
