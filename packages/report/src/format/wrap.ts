import { columnsOf } from './columns.js'

/** Lines of at most `width` terminal columns, broken at blanks and after `+`; a longer word stays whole. Keeps styles. */
export function wrapTo(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/(?<=[ +])/u)) {
    if (line !== '' && columnsOf((line + word).trimEnd()) > width) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += line === '' ? word.trimStart() : word
  }
  return [...lines, line.trimEnd()]
}
