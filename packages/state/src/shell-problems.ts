import type { ErrorCode } from '@gump/errors'
import { placeShellVariables } from './shell-lexer.js'
import type { ShellPlacement } from './shell-lexer.js'
import type { Template, TemplateVariable } from './template.js'

/** A variable in a place of a shell command where no data can be inserted. */
export interface ShellProblem {
  readonly code: Extract<ErrorCode, 'GUMP-T004' | 'GUMP-T005'>
  readonly variable: TemplateVariable
  readonly message: string
  readonly remedy: string
}

export type ShellPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly variable: TemplateVariable; readonly quoted: boolean }

/**
 * All places of a shell command where a variable cannot be inserted as data; nothing is rendered.
 *
 * @param isVariable - false for a name that nobody provides: it stays text in a command. Default: every name is a variable.
 */
export function findShellProblems(
  template: Template,
  isVariable: (name: string) => boolean = () => true,
): readonly ShellProblem[] {
  return findShellPlacements(template, isVariable).problems
}

/** Cuts a command into text and variables and says how each variable is quoted where it stands. */
export function findShellPlacements(
  template: Template,
  isVariable: (name: string) => boolean,
): { readonly pieces: readonly ShellPiece[]; readonly problems: readonly ShellProblem[] } {
  const segments = ['']
  const variables: TemplateVariable[] = []
  for (const part of template.parts) {
    if (part.kind === 'variable' && isVariable(part.name)) {
      variables.push(part)
      segments.push('')
    } else {
      const text = part.kind === 'literal' ? part.text : template.source.slice(part.start, part.end)
      segments[segments.length - 1] += text
    }
  }

  const placements = placeShellVariables(segments)
  const pieces: ShellPiece[] = []
  const problems: ShellProblem[] = []
  segments.forEach((text, index) => {
    if (text !== '') pieces.push({ kind: 'text', text })
    const variable = variables[index]
    const placement = placements[index]
    if (variable === undefined || placement === undefined) return
    const problem = problemAt(placement, variable)
    if (problem !== null) problems.push(problem)
    // Nothing is expanded in a comment, and a value could end it.
    if (placement === 'comment') {
      pieces.push({ kind: 'text', text: template.source.slice(variable.start, variable.end) })
    } else {
      pieces.push({ kind: 'variable', variable, quoted: placement === 'quoted' })
    }
  })
  return { pieces, problems }
}

function problemAt(placement: ShellPlacement, variable: TemplateVariable): ShellProblem | null {
  const shown = `{${variable.name}}`
  switch (placement) {
    case 'bare':
    case 'quoted':
    case 'comment':
      return null
    case 'single-quotes':
      return {
        code: 'GUMP-T004',
        variable,
        message: `${shown} stands between single quotes, where the shell expands nothing`,
        remedy: `use double quotes: "${shown}"`,
      }
    case 'quoted-here-document':
      return unplaceable(
        'in a here-document with a quoted delimiter, where the shell expands nothing',
        'write the delimiter without quotes: <<EOF',
      )
    case 'here-document-delimiter':
      return unplaceable('in the delimiter of a here-document', 'use a fixed word as delimiter')
    case 'escaped':
      return unplaceable('after a backslash', `remove the backslash; for literal braces write {${shown}}`)
    case 'parameter-expansion':
      return unplaceable('inside ${…}', `give it a name first: value=${shown}`)
    case 'arithmetic':
      return unplaceable(
        'in arithmetic, where the shell runs what a value says',
        'compare it as text: [ "$a" = "$b" ], or with [ … -eq … ]',
      )
    case 'backticks-with-escapes':
      return unplaceable('in backticks that hold escapes', 'use $(…) in place of the backticks')
  }

  function unplaceable(where: string, remedy: string): ShellProblem {
    return { code: 'GUMP-T005', variable, message: `${shown} stands ${where}`, remedy }
  }
}
