import { GumpError } from '@gump/errors'
import type { Lookup, Template } from './template.js'

/**
 * Inserts values into a template, in one pass: an inserted value is never scanned again, so a value may hold braces.
 * A line that holds nothing but variables (and blanks) is removed with its line break when all of them are empty.
 *
 * @param lookup - gives the value of a variable.
 * @throws GumpError `GUMP-T001` for a dotted name and `GUMP-T003` for a bare name that has no value; `data.name` and `data.offset` say which.
 *
 * @example
 * ```ts
 * renderTemplate(parseTemplate('Fix it.\n{error}\nGo.'), () => '') // 'Fix it.\nGo.'
 * ```
 */
export function renderTemplate(template: Template, lookup: Lookup): string {
  const output: string[] = []
  let line: string[] = []
  let lineBreak = ''
  let variables = 0
  let onlyBlanks = true

  const endLine = (nextBreak: string): void => {
    if (variables === 0 || !onlyBlanks) {
      if (output.length > 0) output.push(lineBreak)
      // An empty first line still counts as a line, so that the break after it is kept.
      output.push(line.join(''))
    }
    line = []
    lineBreak = nextBreak
    variables = 0
    onlyBlanks = true
  }

  for (const part of template.parts) {
    if (part.kind === 'variable') {
      const value = lookup(part.name)
      if (value === undefined) throw missing(part.name, part.start)
      variables += 1
      if (value !== '') {
        onlyBlanks = false
        line.push(value)
      }
      continue
    }
    let start = 0
    for (const found of part.text.matchAll(/\r?\n/g)) {
      addText(part.text.slice(start, found.index))
      endLine(found[0])
      start = found.index + found[0].length
    }
    addText(part.text.slice(start))
  }
  endLine('')
  return output.join('')

  function addText(text: string): void {
    if (text === '') return
    if (/\S/.test(text)) onlyBlanks = false
    line.push(text)
  }
}

function missing(name: string, offset: number): GumpError {
  const bare = !/[./]/.test(name)
  return new GumpError(
    bare ? 'GUMP-T003' : 'GUMP-T001',
    bare ? `nothing provides {${name}}` : `there is no {${name}}`,
    {
      data: { name, offset },
      remedy: bare
        ? `give it with --set ${name}=value, or write {{${name}}} for literal braces`
        : 'use a variable that is in scope',
    },
  )
}
