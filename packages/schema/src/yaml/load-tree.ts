import { workflowLimits } from '../limits.js'
import { buildTree } from './build-tree.js'
import { compose, type SyntaxProblem } from './compose.js'
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
}

const codes = { syntax: 'GUMP-W001', depth: 'GUMP-W003', documents: 'GUMP-W006' } as const

/** Text → YAML document → tree, within the limits. */
export function loadTree(file: string, text: string): LoadedTree {
  const source = new SourceText(file, text)
  const problems = new Problems(source)
  const bytes = Buffer.byteLength(text)
  if (bytes > workflowLimits.fileBytes) {
    problems.report('GUMP-W002', { start: 0, end: 1 }, `the file has ${bytes} bytes`, {
      expected: `at most ${workflowLimits.fileBytes} bytes`,
    })
    return { source, problems, root: null, visited: 0 }
  }
  const composed = compose(text)
  for (const problem of composed.problems) reportSyntax(problems, problem)
  const { document } = composed
  if (document === null || problems.failed) return { source, problems, root: null, visited: 0 }
  const { root, visited } = buildTree(document, problems, (offset) => offset)
  return { source, problems, root, visited }
}

function reportSyntax(problems: Problems, problem: SyntaxProblem): void {
  problems.report(codes[problem.kind], { start: problem.start, end: problem.end }, firstLine(problem.message))
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message
}
