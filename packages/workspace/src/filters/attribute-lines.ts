/** One line of a `.gitattributes` file: a pattern, or the name of a macro, and attributes. */
interface AttributeLine {
  readonly pattern: string
  readonly attributes: readonly string[]
}

const macro = '[attr]'

function linesOf(text: string): readonly AttributeLine[] {
  return text
    .replace(/^\uFEFF/u, '')
    .split('\n')
    .flatMap((line) => {
      const match = /^[ \t\r]*((?:"(?:[^"\\]|\\.)*")|[^ \t\r]+)(.*)$/su.exec(line)
      const pattern = match?.[1]
      if (pattern === undefined || pattern.startsWith('#')) return []
      return [{ pattern, attributes: (match?.[2] ?? '').split(/[ \t\r]+/u).filter(Boolean) }]
    })
}

/** The names of all filters that attributes name, whether a file matches or not. */
export function filterNames(text: string): readonly string[] {
  return linesOf(text).flatMap(({ attributes }) =>
    attributes.flatMap((attribute) => {
      const name = /^filter=(.+)$/su.exec(attribute)?.[1]
      return name === undefined ? [] : [name]
    }),
  )
}

/** Attributes of the user's own without anything that does not decide about filters: no other may change bytes. */
export function filterLines(text: string): string {
  const lines = linesOf(text)
  const macros = new Set(
    lines.flatMap(({ pattern }) => (pattern.startsWith(macro) ? [pattern.slice(macro.length)] : [])),
  )
  const decides = (attribute: string): boolean => {
    const name = attribute.replace(/^[-!]/u, '').replace(/=.*$/su, '')
    return name === 'filter' || macros.has(name)
  }
  return lines
    .map(({ pattern, attributes }) => [pattern, ...attributes.filter(decides)])
    .filter((words) => words.length > 1)
    .map((words) => `${words.join(' ')}\n`)
    .join('')
}
