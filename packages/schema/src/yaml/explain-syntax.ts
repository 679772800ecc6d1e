import type { SyntaxProblem } from './compose.js'
import { lineAround, outdented, quoteValue } from './source-line.js'
import type { Span } from './tree.js'
import { unclosedBracket, unclosedQuote } from './unclosed.js'

/** A syntax problem in the words of a workflow author. */
export interface SyntaxExplanation {
  readonly at: Span
  readonly message: string
  readonly expected?: string
  readonly suggestion?: string
  /** What follows in the file is read wrongly because of this, so that nothing more can be said about it. */
  readonly misleads?: true
}

type Explain = (text: string, at: Span, problem: SyntaxProblem) => SyntaxExplanation | null

/** Explains a problem that the YAML library found at a place; the library's own words where there are no better ones. */
export function explainSyntax(text: string, at: Span, problem: SyntaxProblem): SyntaxExplanation {
  const explain = problem.rule === undefined ? undefined : explanations[problem.rule]
  const explained = explain?.(text, at, problem)
  return explained ?? { at, message: problem.message.split('\n', 1)[0] ?? problem.message }
}

const misplacedLine: Explain = (text, at) => {
  const line = lineAround(text, at.start)
  const before = outdented(text, line)
  return {
    at: { start: line.start + line.indent, end: line.end },
    message: `this line starts at column ${line.indent + 1}, which fits nothing above it`,
    ...(before === null ? {} : { expected: `column ${before.column + 1}, where "${before.key}" starts` }),
  }
}

const impossibleKey: Explain = (text, at, problem) => {
  const line = lineAround(text, at.start)
  const written = { start: line.start + line.indent, end: line.end }
  const dashed = /^-([^\s-].*)$/.exec(text.slice(written.start, written.end))
  if (dashed !== null) {
    const message = 'a list item needs a blank after its dash'
    return { at: written, message, suggestion: `- ${dashed[1]}`, misleads: true }
  }
  if (line.value !== null && /:(?:\s|$)/.test(line.value.text)) {
    return {
      at: line.value,
      message: 'this text holds ": ", which would start a mapping',
      expected: 'quotes around it, or | and the text on the next line',
      suggestion: quoteValue(line.value.text),
    }
  }
  const next = lineAround(text, Math.min(line.end + 1, text.length))
  if (line.value !== null && next.indent > line.indent && next.start > line.start) {
    return {
      at: { start: next.start + next.indent, end: next.end },
      message: `this line stands deeper than "${line.key}", which has a value already`,
      expected: `column ${line.column + 1}, where "${line.key}" starts`,
      misleads: true,
    }
  }
  return problem.rule === 'MULTILINE_IMPLICIT_KEY' ? noKey(text, at) : null
}

const noKey = (text: string, at: Span): SyntaxExplanation => {
  const line = lineAround(text, at.start)
  const start = line.start + line.column
  const written = text.slice(start, line.end).trimEnd()
  const glued = /^([\w-]+):(\S.*)$/.exec(written)
  const colonless = /^([a-z_]+) +(\S.*)$/.exec(written)
  return {
    at: { start, end: start + written.length },
    message: glued === null ? 'this line has no key' : 'a blank is missing after the colon',
    ...(glued === null
      ? { expected: 'KEY: VALUE, or deeper indentation where the line belongs to the text above' }
      : { suggestion: `${glued[1]}: ${glued[2]}` }),
    ...(glued === null && colonless !== null ? { suggestion: `${colonless[1]}: ${colonless[2]}` } : {}),
    misleads: true,
  }
}

const afterValue: Explain = (text, at) => {
  const line = lineAround(text, at.start)
  const value = line.value
  if (value === null) return null
  if (/^[|>]/.test(value.text)) {
    const expected = 'the text on the next line, deeper than the key'
    return { at, message: `no text can follow ${value.text.charAt(0)} on its line`, expected }
  }
  const template = /^\{[A-Za-z0-9_./-]+\}/.exec(value.text)?.[0]
  const message =
    template === undefined
      ? 'the value has ended before this'
      : `YAML takes ${template} for a mapping, so nothing can follow it`
  const expected = 'quotes around the whole value'
  // The library stops in the middle of a glob and finds nothing that fits.
  const misleads = value.text.startsWith('*') ? { misleads: true as const } : {}
  return { at, message, expected, suggestion: quoteValue(value.text), ...misleads }
}

const specialStart: Explain = (text, at) => {
  const line = lineAround(text, at.start)
  const value = line.value ?? { ...at, text: text.slice(at.start, line.end).trimEnd() }
  const message = `a value cannot start with ${value.text.charAt(0)}, which means something in YAML`
  return { at: value, message, expected: 'quotes around it', suggestion: quoteValue(value.text) }
}

const missingCharacter: Explain = (text, at, problem) => {
  if (problem.message.startsWith('Missing closing')) {
    const opening = unclosedQuote(text)
    if (opening === null) return null
    const quote = text.charAt(opening)
    const end = lineAround(text, opening).end
    return { at: { start: opening, end }, message: `the quote ${quote} is never closed`, misleads: true }
  }
  if (problem.message.startsWith('Comments')) return { at, message: 'a comment needs a blank before its #' }
  return problem.message.startsWith('Sequence item') ? misplacedLine(text, at, problem) : noKey(text, at)
}

const badIndent: Explain = (text, at, problem) => {
  if (!problem.message.startsWith('Flow')) return misplacedLine(text, at, problem)
  const opening = unclosedBracket(text, at.start)
  if (/[\]}]/.test(text.charAt(at.start)) || opening === null) {
    const expected = 'it deeper than the key it belongs to'
    return { at, message: `the closing ${text.charAt(at.start)} stands too far left`, expected }
  }
  const bracket = text.charAt(opening)
  return {
    at: { start: opening, end: opening + 1 },
    message: `the bracket ${bracket} is never closed`,
    expected: `a ${bracket === '[' ? ']' : '}'} behind its last item`,
    misleads: true,
  }
}

/** By the library's codes. */
const explanations: Readonly<Record<string, Explain>> = {
  TAB_AS_INDENT: (_text, at) => {
    return { at, message: 'a tab indents this line', expected: 'blanks: YAML knows no tabs here' }
  },
  BAD_INDENT: badIndent,
  BLOCK_AS_IMPLICIT_KEY: impossibleKey,
  MULTILINE_IMPLICIT_KEY: impossibleKey,
  BLOCK_IN_FLOW: (_text, at) => ({
    at,
    message: 'between brackets there can be no block',
    expected: 'one line',
  }),
  MISSING_CHAR: missingCharacter,
  UNEXPECTED_TOKEN: afterValue,
  TAG_RESOLVE_FAILED: specialStart,
  BAD_ALIAS: specialStart,
  BAD_SCALAR_START: specialStart,
  BAD_DQ_ESCAPE: (text, at) => {
    const escape = { start: at.start, end: at.start + 2 }
    const message = `${text.slice(escape.start, escape.end)} is no escape that YAML knows`
    return { at: escape, message, expected: 'single quotes around the value, or \\\\ for a backslash' }
  },
}
