import type { Diagnostic } from '@gump/errors'
import type { Workflow } from './ir.js'
import type { ParseContext } from './parse/context.js'
import { detectDialect } from './parse/dialect.js'
import { readWorkflow } from './parse/root.js'
import { builtinGateNames, builtinGuardNames } from './parse/builtin-names.js'
import type { Vocabulary } from './parse/vocabulary.js'
import type { WorkflowSource } from './playbook-contract.js'
import { workflowRules } from './rules/index.js'
import { placedSteps } from './rules/scope.js'
import { loadTree } from './yaml/load-tree.js'
import type { Problems } from './yaml/problems.js'

/** A parsed file. */
export interface ParseResult {
  /** Null when a diagnostic is an error. */
  readonly workflow: Workflow | null
  /** What could be read of a file, mistakes or not, so that more can be said about it; null when nothing could. */
  readonly draft: WorkflowDraft | null
  /** Everything found, in the order of the file; warnings and notes do not prevent a run. */
  readonly diagnostics: readonly Diagnostic[]
  /** YAML nodes visited: a measure of the work, the same on every machine. */
  readonly visited: number
}

/** A workflow as far as it could be read. Never to be run. */
export interface WorkflowDraft {
  readonly workflow: Workflow
  /** Names of steps that the file holds and the draft does not. */
  readonly unread: ReadonlySet<string>
}

/**
 * Parses a workflow of either dialect. Never throws for anything the text may say: all problems come back at once,
 * each with a code, a place, what was expected and the closest legal spelling.
 *
 * @param vocabulary - gates and guards known beside the workflow language itself; the built-in ones by default
 * @example
 * ```ts
 * const source = { ref: 'demo', origin: 'project', file: 'demo.yaml', text, files: {} } as const
 * const { workflow, diagnostics } = parseWorkflow(source)
 * if (workflow === null) console.error(formatDiagnostics(diagnostics, { 'demo.yaml': text }))
 * ```
 */
export function parseWorkflow(source: WorkflowSource, vocabulary: Partial<Vocabulary> = {}): ParseResult {
  const words = JSON.stringify([vocabulary.gates, vocabulary.guards, vocabulary.unloaded])
  const results = parsed.get(source) ?? new Map<string, ParseResult>()
  parsed.set(source, results)
  const known = results.get(words)
  if (known !== undefined) return known
  const result = parse(source, vocabulary)
  results.set(words, result)
  return result
}

/** A source never changes, and neither does its result: listing workflows meets the called ones again. */
const parsed = new WeakMap<WorkflowSource, Map<string, ParseResult>>()

function parse(source: WorkflowSource, vocabulary: Partial<Vocabulary>): ParseResult {
  const { source: text, problems, root, visited } = loadTree(source.file, source.text)
  if (root === null) return { workflow: null, draft: null, diagnostics: problems.list(), visited }
  if (root.kind !== 'map') {
    const message =
      root.kind === 'scalar' && root.value === null ? 'the file is empty' : 'this is not a workflow'
    problems.report('GUMP-W007', root, message, { expected: 'a mapping with name and steps' })
    return { workflow: null, draft: null, diagnostics: problems.list(), visited }
  }
  const cx: ParseContext = {
    source: text,
    problems,
    dialect: detectDialect(root, text, problems),
    vocabulary: {
      gates: vocabulary.gates ?? builtinGateNames,
      guards: vocabulary.guards ?? builtinGuardNames,
      unloaded: vocabulary.unloaded ?? [],
    },
    files: source.files,
    unreadable: source.unreadable ?? {},
    broken: new Set(),
    met: new Set(),
    steps: 0,
  }
  const workflow = readWorkflow(cx, root)
  applyRules(workflow, cx.broken, problems)
  return {
    workflow: problems.failed ? null : workflow,
    draft: problems.has('GUMP-W070') ? null : { workflow, unread: unreadNames(workflow, cx.met) },
    diagnostics: problems.list(),
    visited,
  }
}

function unreadNames(workflow: Workflow, met: ReadonlySet<string>): ReadonlySet<string> {
  const read = new Set([...placedSteps(workflow.steps)].map(({ step }) => step.name))
  return new Set([...met].filter((name) => !read.has(name)))
}

function applyRules(workflow: Workflow, broken: ReadonlySet<string>, problems: Problems): void {
  for (const rule of workflowRules) {
    for (const { code, range, message, detail } of rule(workflow, { broken })) {
      problems.report(code, { start: range.start.offset, end: range.end.offset }, message, detail)
    }
  }
}
