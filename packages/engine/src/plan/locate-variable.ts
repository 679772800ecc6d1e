import { posix } from 'node:path'
import type { Range } from '@gump/errors'
import type { Workflow, WorkflowSource } from '@gump/schema'
import { escapedNames, parseTemplate } from '@gump/state'
import type { FoundTemplate } from './templates-of.js'

/** Where a variable is written: in the workflow file or in a prompt file beside it. */
export interface VariablePlace {
  readonly file: string
  readonly range: Range
  /** As it is written: `item.name` where the earlier dialect says so for `task.name`. */
  readonly name: string
  /** False when the variable itself could not be found, and the place is that of the whole text. */
  readonly exact: boolean
}

interface WrittenText {
  readonly file: string
  readonly text: string
  readonly start: Range['start']
}

/** How a {@link variableLocator} is asked for an escape. */
export function escaped(name: string): string {
  return `{{${name}}}`
}

/** Finds the variables of one template in the file that a person wrote; nothing is done before the first is asked for. */
export function variableLocator(
  source: WorkflowSource,
  dialect: Workflow['dialect'],
  template: FoundTemplate,
): (name: string) => VariablePlace {
  let written: ReadonlyMap<string, VariablePlace> | null = null
  return (name) => {
    written ??= placesIn(writtenText(source, template), dialect)
    return written.get(name) ?? { file: source.file, range: template.range, name, exact: false }
  }
}

/** How a prompt file is called in messages: by its path beside the workflow file. */
export function promptFileName(source: WorkflowSource, path: string): string {
  return posix.join(posix.dirname(source.file), path)
}

function writtenText(source: WorkflowSource, template: FoundTemplate): WrittenText | null {
  if (template.builtin === true) return null
  const { promptFile, range } = template
  if (promptFile === undefined) {
    const text = source.text.slice(range.start.offset, range.end.offset)
    return { file: source.file, text, start: range.start }
  }
  const text = source.files[promptFile]
  const start = { line: 1, column: 1, offset: 0 }
  return text === undefined ? null : { file: promptFileName(source, promptFile), text, start }
}

/** The first place of each variable, by its name in the spelling of today, and of each escape. */
function placesIn(
  written: WrittenText | null,
  dialect: Workflow['dialect'],
): ReadonlyMap<string, VariablePlace> {
  const places = new Map<string, VariablePlace>()
  if (written === null) return places
  const { file, text, start } = written
  let { line } = start
  let lineStart = start.offset - start.column + 1
  let counted = 0
  for (const part of namesIn(text)) {
    for (
      let at = text.indexOf('\n', counted);
      at !== -1 && at < part.start;
      at = text.indexOf('\n', counted)
    ) {
      line += 1
      counted = at + 1
      lineStart = start.offset + counted
    }
    const at = (offset: number): Range['start'] => {
      return { line, column: start.offset + offset - lineStart + 1, offset: start.offset + offset }
    }
    const name = dialect === 'v3' && !part.escaped ? today(part.name) : part.name
    if (places.has(name)) continue
    places.set(name, {
      file,
      range: { start: at(part.start), end: at(part.end) },
      name: part.name,
      exact: true,
    })
  }
  return places
}

function namesIn(text: string): readonly {
  readonly name: string
  readonly start: number
  readonly end: number
  readonly escaped: boolean
}[] {
  const variables = parseTemplate(text).parts.flatMap((part) =>
    part.kind === 'variable' ? [{ ...part, escaped: false }] : [],
  )
  const escapes = escapedNames(text).map((part) => ({ ...part, name: escaped(part.name), escaped: true }))
  return [...variables, ...escapes].toSorted((a, b) => a.start - b.start)
}

/** The spelling of today for a variable of the earlier dialect. */
function today(name: string): string {
  if (name === 'item') return 'task'
  return name.replace(/^item\./, 'task.').replace(/^steps\./, '')
}
