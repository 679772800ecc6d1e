import { asList, asObject, asText } from '../json-value.js'

/** Text of a message's content: one string, or parts (`text`, `input_text`) of which some are text. */
export function contentText(content: unknown): string {
  if (typeof content === 'string') return content
  return asList(content)
    .flatMap((part) => asText(asObject(part)?.['text']) ?? [])
    .join('\n')
}
