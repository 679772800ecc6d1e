import { escapeControl } from '@gump/errors'

/** Markup that is safe to put into a page. Only {@link html} makes it. */
export interface Html {
  readonly markup: string
}

export type Content = Html | string | number | null | readonly Content[]

/**
 * Markup from a template: every inserted string is escaped, control and reordering characters become visible. Insert only
 * into text and into attribute values in double quotes.
 */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Html {
  const [first = '', ...rest] = parts.map(withoutIndent)
  return { markup: rest.reduce((all, part, index) => all + render(contents[index] ?? null) + part, first) }
}

/** The indentation of templates is for readers of the source; on the page it is dead weight. */
function withoutIndent(part: string): string {
  return part.replaceAll(/\n\s*/g, '\n')
}

function render(content: Content): string {
  if (content === null) return ''
  if (typeof content === 'string') return escapeHtml(content)
  if (typeof content === 'number') return String(content)
  return 'markup' in content ? content.markup : content.map(render).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function escapeHtml(text: string): string {
  return escapeControl(text.replaceAll(/\r\n?/g, '\n'), { multiline: true }).replaceAll(
    /[&<>"']/g,
    (character) => entities[character] ?? character,
  )
}
