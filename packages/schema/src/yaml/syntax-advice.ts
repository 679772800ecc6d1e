import type { ReportDetail } from './problems.js'
import type { SyntaxProblem } from './compose.js'
import type { SourceText } from './source-text.js'

/** What the library's codes mean for somebody who writes a workflow. */
const advice: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'spaces, not tabs, at the start of a line',
  BAD_INDENT: 'lines of one mapping or list at the same column',
  BLOCK_AS_IMPLICIT_KEY: 'quotes around text that holds ": ", or a new, deeper line for a mapping',
  MULTILINE_IMPLICIT_KEY: 'KEY: VALUE on one line; quotes around text that holds ": "',
  BLOCK_IN_FLOW: 'no blocks inside [ ] or { }',
  MISSING_CHAR: 'KEY: VALUE, with a blank after the colon, and a closing quote or bracket',
  UNEXPECTED_TOKEN: 'one value; quotes around text that starts with a special character',
  TAG_RESOLVE_FAILED: 'no tags (!name)',
  BAD_ALIAS: 'quotes around text that starts with *',
  BAD_SCALAR_START: 'quotes around text that starts with @ or `',
  BAD_DQ_ESCAPE: 'single quotes, or \\\\ for a backslash',
}

/** Advice for one syntax problem, from the library's code and the line it stands in. */
export function syntaxAdvice(source: SourceText, problem: SyntaxProblem, start: number): ReportDetail {
  if (problem.kind !== 'syntax')
    return problem.kind === 'documents' ? { expected: 'one document per file' } : {}
  const value = templateValue(source, start)
  if (value !== null) return { expected: 'quotes around text that starts with {', suggestion: `"${value}"` }
  const expected = problem.rule === undefined ? undefined : advice[problem.rule]
  return expected === undefined ? {} : { expected }
}

/** A value such as `{spec} and more` in the line, which YAML takes for the start of a mapping. */
function templateValue(source: SourceText, start: number): string | null {
  const lineStart = start === 0 ? 0 : source.text.lastIndexOf('\n', start - 1) + 1
  const line = source.text.slice(lineStart, lineStart + 300).split(/[\r\n]/, 1)[0] ?? ''
  const match = /(?:^|[:-]) +(\{[A-Za-z0-9_./-]+\})/.exec(line)
  if (match === null) return null
  const value = line.slice(match.index + match[0].length - (match[1] ?? '').length).trim()
  return value === match[1] || /["'#\\]/.test(value) ? null : value
}
