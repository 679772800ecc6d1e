import type { Document, ParsedNode } from 'yaml'
import { acceptLenientForms } from '../lenient/forms.js'
import { workflowLimits } from '../limits.js'
import { buildTree, type OffsetMap } from './build-tree.js'
import { compose, type Composed, type SyntaxProblem } from './compose.js'
import { explainSyntax } from './explain-syntax.js'
import { Problems } from './problems.js'
import { SourceText } from './source-text.js'
import type { YamlNode } from './tree.js'

/** A file as a tree with what was wrong on the way. */
export interface LoadedTree {
  readonly source: SourceText
  readonly problems: Problems
  /** Null when nothing can be read; the problems say why. */
  readonly root: YamlNode | null
  /** YAML nodes visited. */
  readonly visited: number
  /** The document the tree was built from. */
  readonly document: Document.Parsed<ParsedNode> | null
}

const codes = { syntax: 'GUMP-W001', depth: 'GUMP-W003', documents: 'GUMP-W006' } as const
const identity: OffsetMap = (offset) => offset

/** Text → YAML document → tree, within the limits. */
export function loadTree(file: string, text: string): LoadedTree {
  const source = new SourceText(file, text)
  const problems = new Problems(source)
  const bytes = Buffer.byteLength(text)
  if (bytes > workflowLimits.fileBytes) {
    problems.report('GUMP-W002', { start: 0, end: 1 }, `the file has ${bytes} bytes`, {
      expected: `at most ${workflowLimits.fileBytes} bytes`,
    })
    return { source, problems, root: null, visited: 0, document: null }
  }
  const { composed, map } = composeLeniently(text, problems)
  reportSyntax(problems, source, composed.problems, map)
  const { document } = composed
  if (document === null || problems.failed)
    return { source, problems, root: null, visited: 0, document: null }
  const { root, visited } = buildTree(document, problems, map)
  return { source, problems, root, visited, document }
}

/** Only a text that is not YAML is looked at again for the forms that are accepted beside it. */
function composeLeniently(
  text: string,
  problems: Problems,
): { readonly composed: Composed; readonly map: OffsetMap } {
  const strict = compose(text)
  if (!strict.problems.some((problem) => problem.kind === 'syntax'))
    return { composed: strict, map: identity }
  const lenient = acceptLenientForms(text)
  if (lenient === null) return { composed: strict, map: identity }
  for (const { code, start, end, message, suggestion } of lenient.notes) {
    problems.report(code, { start, end }, message, { severity: 'note', suggestion })
  }
  return { composed: compose(lenient.text), map: lenient.map }
}

/** One problem for each line; nothing behind one that makes the rest of the file look different from what it is. */
function reportSyntax(
  problems: Problems,
  source: SourceText,
  found: readonly SyntaxProblem[],
  map: OffsetMap,
): void {
  const lines = new Set<number>()
  for (const problem of found) {
    const start = skipBlanks(source.text, Math.min(map(problem.start), source.text.length))
    const place = { start, end: Math.max(start + 1, map(problem.end)) }
    if (problem.kind !== 'syntax') {
      const expected = problem.kind === 'documents' ? { expected: 'one document per file' } : {}
      problems.report(codes[problem.kind], place, problem.message, expected)
      continue
    }
    const { at, message, misleads, ...detail } = explainSyntax(source.text, place, problem)
    const { line } = source.position(at.start)
    if (!lines.has(line)) problems.report('GUMP-W001', at, message, detail)
    lines.add(line)
    if (misleads === true) return
  }
}

/** The library points at the start of a line whose indentation is wrong; the first word is easier to see. */
function skipBlanks(text: string, offset: number): number {
  let at = offset
  while (text.charAt(at) === ' ') at += 1
  return at
}
