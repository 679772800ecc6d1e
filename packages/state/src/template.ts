/** Text that is copied as it is; `text` has `{{` and `}}` already turned into single braces. */
export interface TemplateLiteral {
  readonly kind: 'literal'
  readonly text: string
  /** UTF-16 offsets in the source; `end` is exclusive. */
  readonly start: number
  readonly end: number
}

/** A `{name}` whose value is inserted. */
export interface TemplateVariable {
  readonly kind: 'variable'
  readonly name: string
  /** UTF-16 offsets in the source, braces included; `end` is exclusive. */
  readonly start: number
  readonly end: number
}

/** A piece of a template. */
export type TemplatePart = TemplateLiteral | TemplateVariable

/** A parsed text with variables. Plain data. */
export interface Template {
  readonly source: string
  readonly parts: readonly TemplatePart[]
}

/**
 * Finds the value of a variable by the name between its braces; `undefined` when there is none.
 * Values that live in artifacts have to be read before rendering: see {@link templateVariables}.
 */
export type Lookup = (name: string) => string | undefined

// Segments of [A-Za-z0-9_-] joined by single dots or slashes, so that `{1..3}`, `{/if}` and `{...rest}` stay text.
const variable = /\{([A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*)\}/y

const doubled = /(?<![{$])\{\{([A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*)\}\}(?!\})/g

/** Regular expressions (`\d{4}`) and format strings (`{0} of {1}`) hold no letter between their braces. */
const letter = /[A-Za-z]/

/**
 * Parses a text with `{variables}`. Never fails: what is no variable is text.
 *
 * - `{name}`, `{step.field}`, `{path/to/step.field}` are variables;
 * - `{{` and `}}` are literal braces;
 * - a name has at least one letter: `{4}` and `{0}` are text;
 * - a brace that opens no legal name stays, and so does the brace that closes it, so `{"a": {"b": 1}}` needs no escaping;
 * - `${` never opens a variable.
 *
 * @example
 * ```ts
 * parseTemplate('do {task.name}').parts
 * // [{ kind: 'literal', text: 'do ', start: 0, end: 3 }, { kind: 'variable', name: 'task.name', start: 3, end: 14 }]
 * ```
 */
export function parseTemplate(source: string): Template {
  const parts: TemplatePart[] = []
  // Open braces of the literal text: true for a doubled one. A plain `{` claims one plain `}`.
  const open: boolean[] = []
  let text = ''
  let textStart = 0
  let copied = 0
  let at = 0

  const keep = (end: number): void => {
    text += source.slice(copied, end)
    copied = end
  }

  const brace = /[{}]/g
  for (;;) {
    brace.lastIndex = at
    const found = brace.exec(source)
    if (found === null) break
    const offset = found.index
    const doubled = source[offset + 1] === found[0]

    if (found[0] === '}') {
      if (open.at(-1) === false) {
        open.pop()
        at = offset + 1
      } else if (doubled) {
        open.pop()
        keep(offset + 1)
        at = copied = offset + 2
      } else {
        at = offset + 1
      }
      continue
    }

    if (doubled) {
      open.push(true)
      keep(offset + 1)
      at = copied = offset + 2
      continue
    }

    variable.lastIndex = offset
    const name = source[offset - 1] === '$' ? undefined : variable.exec(source)?.[1]
    if (name === undefined || !letter.test(name)) {
      open.push(false)
      at = offset + 1
      continue
    }
    keep(offset)
    if (text !== '') parts.push({ kind: 'literal', text, start: textStart, end: offset })
    at = copied = textStart = offset + name.length + 2
    text = ''
    parts.push({ kind: 'variable', name, start: offset, end: at })
  }

  keep(source.length)
  if (text !== '') parts.push({ kind: 'literal', text, start: textStart, end: source.length })
  return { source, parts }
}

/** An escape that looks like a variable: `{{name}}`, which becomes the text `{name}`. */
export interface EscapedName {
  readonly name: string
  /** UTF-16 offsets in the source, all braces included; `end` is exclusive. */
  readonly start: number
  readonly end: number
}

/** The `{{name}}` of a text: people who know other template languages write them and mean a variable. */
export function escapedNames(source: string): readonly EscapedName[] {
  const found: EscapedName[] = []
  for (const match of source.matchAll(doubled)) {
    const [whole, name = ''] = match
    if (letter.test(name)) found.push({ name, start: match.index, end: match.index + whole.length })
  }
  return found
}

/** The names of a template's variables, each once, in the order of their first use. */
export function templateVariables(template: Template): readonly string[] {
  const names = new Set<string>()
  for (const part of template.parts) if (part.kind === 'variable') names.add(part.name)
  return [...names]
}

/**
 * Makes a text safe to be used as a template: rendering the result gives the text back, whatever it holds.
 *
 * @example `escapeTemplate('{id}') === '{{id}}'`
 */
export function escapeTemplate(text: string): string {
  return text.replaceAll(/[{}]/g, (brace) => brace + brace)
}
