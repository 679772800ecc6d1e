import type { AgentEvent } from '../contract.js'
import { asArray, asNonEmpty, asObject, asText, type JsonObject } from './json-value.js'
import { toolFinished, toolStarted, type ToolTable } from './tool-facts.js'

/** Events of the content blocks of an assistant message, in the shape of the Anthropic Messages API. */
export function assistantEvents(message: JsonObject, tools: ToolTable): readonly AgentEvent[] {
  return asArray(message['content']).flatMap((item): readonly AgentEvent[] => {
    const block = asObject(item)
    if (block === null) return []
    switch (block['type']) {
      case 'text':
        return textEvent('text', asNonEmpty(block['text']))
      case 'thinking':
        return textEvent('reasoning', asNonEmpty(block['thinking']))
      case 'tool_use':
        return [
          toolStarted(
            asText(block['id']) ?? '',
            asNonEmpty(block['name']) ?? 'tool',
            asObject(block['input']),
            tools,
          ),
        ]
      default:
        return []
    }
  })
}

/** Events of the tool results in a user message. */
export function toolResultEvents(message: JsonObject): readonly AgentEvent[] {
  return asArray(message['content']).flatMap((item): readonly AgentEvent[] => {
    const block = asObject(item)
    if (block === null || block['type'] !== 'tool_result') return []
    const id = asText(block['tool_use_id']) ?? ''
    return [toolFinished(id, block['is_error'] !== true, contentText(block['content']))]
  })
}

/** Text of a content that is either a text or a list of text blocks. */
export function contentText(content: unknown): string | null {
  if (typeof content === 'string') return content
  const texts = asArray(content)
    .map((item) => asText(asObject(item)?.['text']))
    .filter((text) => text !== null)
  return texts.length === 0 ? null : texts.join('\n')
}

function textEvent(type: 'text' | 'reasoning', text: string | null): readonly AgentEvent[] {
  return text === null ? [] : [{ type, text }]
}
