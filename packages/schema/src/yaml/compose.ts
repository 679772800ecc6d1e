import { Composer, Lexer, Parser, type CST, type Document, type ParsedNode } from 'yaml'
import { workflowLimits } from '../limits.js'

/** A syntax problem with its place in the text that was composed. */
export interface SyntaxProblem {
  readonly kind: 'syntax' | 'depth' | 'documents'
  /** The library's own code of a syntax problem. */
  readonly rule?: string
  readonly message: string
  readonly start: number
  readonly end: number
}

/** One YAML document, or why there is none. */
export interface Composed {
  readonly document: Document.Parsed<ParsedNode> | null
  readonly problems: readonly SyntaxProblem[]
}

/** Parses YAML text into the library's document. Stops at the limit of nesting, so no text can exhaust the stack. */
export function compose(text: string): Composed {
  const parser = new Parser()
  const tokens: CST.Token[] = []
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token)
    if (parser.stack.length > workflowLimits.depth && openCollections(parser) > workflowLimits.depth) {
      const start = Math.min(parser.offset, Math.max(text.length - 1, 0))
      const message = `nested more than ${workflowLimits.depth} levels deep`
      return { document: null, problems: [{ kind: 'depth', message, start, end: start + 1 }] }
    }
  }
  for (const token of parser.end()) tokens.push(token)
  return composeTokens(tokens, text.length)
}

/** The parser's stack holds the document, the open collections and at most one scalar. */
function openCollections(parser: Parser): number {
  return parser.stack.filter(
    ({ type }) => type.endsWith('-map') || type.endsWith('-seq') || type === 'flow-collection',
  ).length
}

function composeTokens(tokens: readonly CST.Token[], length: number): Composed {
  // `uniqueKeys` is quadratic; the tree builder looks for duplicates itself.
  const composer = new Composer({
    schema: 'core',
    version: '1.2',
    uniqueKeys: false,
    strict: true,
    prettyErrors: false,
  })
  const documents = [...composer.compose(tokens, true, length)]
  const document = documents[0] ?? null
  const problems: SyntaxProblem[] = []
  for (const problem of [...(document?.errors ?? []), ...(document?.warnings ?? [])]) {
    problems.push({
      kind: 'syntax',
      rule: problem.code,
      message: problem.message,
      start: problem.pos[0],
      end: problem.pos[1],
    })
  }
  const second = documents[1]
  if (second !== undefined) {
    const start = second.range[0]
    problems.push({ kind: 'documents', message: 'a second YAML document starts here', start, end: start + 1 })
  }
  return { document, problems }
}
