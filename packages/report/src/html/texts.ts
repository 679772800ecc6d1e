import { formatTokens } from '../format/count.js'
import { escapeHtml, html, type Html } from './html.js'

/** Texts of artifacts by their path relative to the run folder, secrets already masked. */
export type Texts = Readonly<Record<string, string>>

const longest = 200_000

/** A text behind a disclosure; nothing when it is not among the texts. */
export function disclosure(title: string, path: string | null, texts: Texts): Html {
  if (path === null || !Object.hasOwn(texts, path)) return html``
  return block(title, path, texts[path] ?? '', (text) => ({ markup: escapeHtml(text) }))
}

/** A unified diff with its lines marked. */
export function diffDisclosure(title: string, path: string | null, texts: Texts): Html {
  if (path === null || !Object.hasOwn(texts, path)) return html``
  return block(title, path, texts[path] ?? '', (text) => html`${text.split('\n').map(diffLine)}`)
}

/** A text that is not an artifact. */
export function inlineText(title: string, text: string): Html {
  return block(title, '', text, (shown) => ({ markup: escapeHtml(shown) }))
}

function block(title: string, path: string, text: string, show: (text: string) => Html): Html {
  const cut = text.length > longest
  const size = `${formatTokens(text.length)} characters`
  return html`<details class="text">
    <summary>${title}<span class="soft mono">${path === '' ? size : path}</span></summary>
    <pre tabindex="0" aria-label="${title}">
${text === '' ? '(empty)' : show(cut ? text.slice(0, longest) : text)}</pre>
    ${
      cut
        ? html`<p class="inner soft">
            Cut at ${longest} of ${text.length} characters; the file holds all of it.
          </p>`
        : null
    }
  </details> `
}

function diffLine(line: string): Html {
  const kind =
    line.startsWith('+++') || line.startsWith('---') || line.startsWith('diff ')
      ? 'file'
      : line.startsWith('@@')
        ? 'hunk'
        : line.startsWith('+')
          ? 'add'
          : line.startsWith('-')
            ? 'del'
            : 'same'
  return html`<span class="${kind}">${line}</span>`
}
