/** A line of the file that is YAML structure: not blank, no comment, not inside a block scalar. */
export interface StructureLine {
  readonly text: string
  readonly start: number
  /** Column of the first character that is no blank. */
  readonly indent: number
}

const blockScalar = /(?:^|:\s+|-\s+)[|>][-+0-9]{0,2}\s*(?:\s#.*)?$/

/** The lines of a text that carry structure, in order. */
export function structureLines(text: string): readonly StructureLine[] {
  const lines: StructureLine[] = []
  let start = 0
  let skipDeeperThan: number | null = null
  while (start < text.length) {
    const feed = text.indexOf('\n', start)
    const end = feed === -1 ? text.length : feed
    const line = text.slice(start, end).replace(/\r$/, '')
    const indent = line.search(/[^ ]/)
    const inside: boolean = skipDeeperThan !== null && (indent === -1 || indent > skipDeeperThan)
    if (!inside && indent !== -1) {
      skipDeeperThan = blockScalar.test(line) ? keyColumn(line) : null
      if (line.charAt(indent) !== '#') lines.push({ text: line, start, indent })
    }
    start = end + 1
  }
  return lines
}

/** The column of the first key of a line, behind the dashes of list items. */
export function keyColumn(line: string): number {
  const dashes = /^ *(?:- +)*/.exec(line)
  const column = dashes?.[0].length ?? 0
  // A scalar directly in a list belongs to the dash.
  return /^[|>]/.test(line.slice(column)) ? line.lastIndexOf('-', column) : column
}
