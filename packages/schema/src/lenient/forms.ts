import type { ErrorCode } from '@gump/errors'
import { applyInsertions, type EditedText, type Insertion } from './edit.js'
import { keyColumn, structureLines, type StructureLine } from './lines.js'

/** A form that is not YAML and was read anyway, with its proper spelling. */
export interface LenientNote {
  readonly code: ErrorCode
  readonly start: number
  readonly end: number
  readonly message: string
  readonly suggestion: string
}

/** A text whose known forms have been made YAML. */
export interface LenientText extends EditedText {
  readonly notes: readonly LenientNote[]
}

interface Form {
  readonly note: LenientNote
  readonly insertions: readonly Insertion[]
}

const caller =
  /^ *(?:- +)*(validate|workflow) *: +(?:"[^"]*"|'[^']*'|[^\s"'#{[|>&*!%@`][^\s#]*)(?= *(?: #.*)?$)/
const input = /^ *[A-Za-z0-9_-]+ *:(?: |$)/
const oneLineSession = /^( *(?:- +)*session *: +)((?:from|reuse) *: +[A-Za-z0-9_-]+)(?= *(?: #.*)?$)/

/**
 * Published examples use two forms that YAML refuses: inputs indented under `validate: path` or `workflow: name`, and
 * `session: from: step` on one line. Makes YAML of them, or returns null when the text has none.
 */
export function acceptLenientForms(text: string): LenientText | null {
  const lines = structureLines(text)
  const forms: Form[] = []
  for (const [index, line] of lines.entries()) {
    const form = sessionForm(line) ?? inputsForm(line, lines[index + 1])
    if (form !== null) forms.push(form)
  }
  if (forms.length === 0) return null
  return {
    ...applyInsertions(
      text,
      forms.flatMap((form) => form.insertions),
    ),
    notes: forms.map((form) => form.note),
  }
}

function sessionForm(line: StructureLine): Form | null {
  const match = oneLineSession.exec(line.text)
  if (match === null) return null
  const [whole, before = '', value = ''] = match
  const start = line.start + before.length
  const end = line.start + whole.length
  return {
    note: {
      code: 'GUMP-W073',
      start,
      end,
      message: `"${value}" is read as a mapping; YAML refuses it on one line`,
      suggestion: `session: {${value}}`,
    },
    insertions: [
      { at: start, text: '{' },
      { at: end, text: '}' },
    ],
  }
}

function inputsForm(line: StructureLine, next: StructureLine | undefined): Form | null {
  const match = caller.exec(line.text)
  const column = keyColumn(line.text)
  if (match === null || next === undefined || next.indent <= column || !input.test(next.text)) return null
  const start = line.start + column
  return {
    note: {
      code: 'GUMP-W072',
      start,
      end: line.start + match[0].length,
      message: `what is indented under ${match[1] ?? ''} is read as its inputs; YAML refuses it`,
      suggestion: 'with: on a line of its own between the two',
    },
    insertions: [{ at: line.start + line.text.length, text: `\n${' '.repeat(column)}with:` }],
  }
}
