import type { Diagnostic } from '@gump/errors'
import { isMap, isScalar, type Document } from 'yaml'
import { mentionsOfFolded } from './migrate/mentions.js'
import type { Obstacle } from './migrate/obstacle.js'
import { promptFileObstacles } from './migrate/prompt-files.js'
import { rewriteTemplates } from './migrate/rewrite-scalars.js'
import { StepRewriter } from './migrate/rewrite-steps.js'
import { sameMeaning } from './migrate/same-meaning.js'
import { sharedParts } from './migrate/shared-parts.js'
import { toCurrent } from './migrate/to-current.js'
import { parseWorkflow } from './parse-workflow.js'
import type { Vocabulary } from './parse/vocabulary.js'
import type { WorkflowSource } from './playbook-contract.js'
import { loadTree } from './yaml/load-tree.js'

/** A migrated file. */
export interface MigrationResult {
  /** The text in the current dialect; null when the file has errors, or something that has no form there. */
  readonly text: string | null
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Rewrites a workflow of the earlier dialect in the current one, with its comments. The result is parsed again, and only
 * returned when it means the same; everything that has no form in the current dialect is listed.
 */
export function migrateWorkflow(
  source: WorkflowSource,
  vocabulary: Partial<Vocabulary> = {},
): MigrationResult {
  const { workflow, diagnostics } = parseWorkflow(source, vocabulary)
  if (workflow === null) return { text: null, diagnostics }
  if (workflow.dialect === 'v4')
    return { text: source.text, diagnostics: [...diagnostics, alreadyCurrent(source)] }
  const { document, source: text } = loadTree(source.file, source.text)
  if (document === null) return { text: null, diagnostics }
  const current = toCurrent(workflow)
  const obstacles = [
    ...current.obstacles,
    ...mentionsOfFolded(workflow, current),
    ...promptFileObstacles(workflow, source.files),
    ...sharedParts(document, text),
  ]
  if (obstacles.length > 0) return refuse(source, obstacles)
  rewriteTemplates(document)
  renameInputs(document)
  new StepRewriter(document, current).list(document.get('steps', true), workflow.steps)
  const written = document.toString({
    lineWidth: 0,
    flowCollectionPadding: false,
    indentSeq: indentsLists(source.text),
  })
  const migrated = source.text.includes('\r\n') ? written.replaceAll('\n', '\r\n') : written
  const check = parseWorkflow({ ...source, text: migrated }, vocabulary)
  if (check.workflow !== null && sameMeaning(check.workflow, current.workflow)) {
    return { text: migrated, diagnostics: diagnostics.filter((found) => found.severity === 'warning') }
  }
  const start = { line: 1, column: 1, offset: 0 }
  return refuse(source, [
    {
      range: { start, end: start },
      message: 'the result would not mean the same',
      expected: 'a migration by hand',
    },
  ])
}

function alreadyCurrent(source: WorkflowSource): Diagnostic {
  return {
    code: 'GUMP-W081',
    severity: 'note',
    message: 'nothing to migrate: this file is in the current dialect',
    file: source.file,
  }
}

function refuse(source: WorkflowSource, obstacles: readonly Obstacle[]): MigrationResult {
  const diagnostics = obstacles.map(({ range, message, expected }): Diagnostic => ({
    code: 'GUMP-W080',
    severity: 'error',
    message,
    file: source.file,
    range,
    expected,
  }))
  return { text: null, diagnostics }
}

/** Declared inputs are documentation; the current dialect keeps them as a private note. */
function renameInputs(document: Document): void {
  const { contents } = document
  if (!isMap(contents)) return
  const pair = contents.items.find((item) => isScalar(item.key) && item.key.value === 'inputs')
  if (pair === undefined || !isScalar(pair.key)) return
  let name = 'x-inputs'
  while (contents.has(name)) name += '-'
  pair.key.value = name
}

/** True unless the file writes lists at the column of their key. */
function indentsLists(text: string): boolean {
  return !/^( *)[A-Za-z_]+:[ \t]*(?:#.*)?\r?\n\1- /m.test(text)
}
