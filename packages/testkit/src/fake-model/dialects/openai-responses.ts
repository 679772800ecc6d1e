import type { Dialect, StreamEvent } from '../dialect.js'
import { fakeId } from '../fake-id.js'
import { asList, asObject, asText, type JsonObject } from '../json-value.js'
import type { ModelReply } from '../model-reply.js'
import type { ModelRequest } from '../model-request.js'
import type { ToolCall } from '../script.js'
import { textPieces } from '../text-pieces.js'
import { contentText } from './openai-content.js'
import { openaiError } from './openai-error.js'

type Item =
  | { readonly type: 'reasoning'; readonly id: string; readonly text: string }
  | { readonly type: 'message'; readonly id: string; readonly text: string }
  | { readonly type: 'call'; readonly id: string; readonly callId: string; readonly call: ToolCall }
type Push = (type: string, data: JsonObject) => void

/** OpenAI Responses. */
export const openaiResponses: Dialect = {
  name: 'openai-responses',
  readRequest(body, target) {
    return {
      model: asText(body['model']) ?? target.model ?? '',
      stream: body['stream'] === true,
      tools: asList(body['tools']).flatMap(namesOf),
      userTexts:
        typeof body['input'] === 'string' ? [body['input']] : asList(body['input']).flatMap(userText),
      answerSchema: asObject(asObject(asObject(body['text'])?.['format'])?.['schema']),
    }
  },
  whole: (reply, request) => response(reply, request, itemsOf(reply)),
  events(reply, request) {
    const items = itemsOf(reply)
    const whole = response(reply, request, items)
    const events: StreamEvent[] = []
    const push: Push = (type, data) => {
      events.push({ name: type, data: { type, sequence_number: events.length, ...data } })
    }
    push('response.created', { response: { ...whole, status: 'in_progress', output: [], usage: null } })
    for (const [index, item] of items.entries()) pushItem(push, item, index)
    push('response.completed', { response: whole })
    return events
  },
  error: openaiError,
}

/** Built-in tools have a type and no name; those of a namespace are `namespace.name` in scripts. */
function namesOf(tool: unknown): readonly string[] {
  const described = asObject(tool) ?? {}
  const name = asText(described['name']) ?? asText(described['type'])
  if (name === null) return []
  if (described['type'] !== 'namespace') return [name]
  return asList(described['tools']).flatMap((inner) => namesOf(inner).map((own) => `${name}.${own}`))
}

/** What a user says, or one agent to another: its content is sealed, here with nothing. */
function userText(value: unknown): readonly string[] {
  const item = asObject(value) ?? {}
  if (item['role'] === 'user') return [contentText(item['content'])]
  if (item['type'] !== 'agent_message') return []
  return asList(item['content']).flatMap((part) => asText(asObject(part)?.['encrypted_content']) ?? [])
}

/** `namespace.name` in the members that the API has for them. */
function nameMembers(name: string): JsonObject {
  const dot = name.indexOf('.')
  return dot === -1 ? { name } : { namespace: name.slice(0, dot), name: name.slice(dot + 1) }
}

function response(reply: ModelReply, request: ModelRequest, items: readonly Item[]): JsonObject {
  const { usage } = reply
  return {
    id: fakeId('resp_'),
    object: 'response',
    created_at: Math.floor(Date.now() / 1000),
    status: 'completed',
    model: request.model,
    output: items.map(finished),
    usage: {
      input_tokens: usage.input + usage.cacheRead,
      input_tokens_details: { cached_tokens: usage.cacheRead },
      output_tokens: usage.output,
      output_tokens_details: { reasoning_tokens: usage.reasoning },
      total_tokens: usage.input + usage.cacheRead + usage.output,
    },
    error: null,
    incomplete_details: null,
  }
}

function itemsOf(reply: ModelReply): readonly Item[] {
  return [
    ...(reply.reasoning === ''
      ? []
      : [{ type: 'reasoning', id: fakeId('rs_'), text: reply.reasoning } as const]),
    ...(reply.text === '' ? [] : [{ type: 'message', id: fakeId('msg_'), text: reply.text } as const]),
    ...reply.calls.map(
      (call) =>
        ({
          type: 'call',
          id: fakeId(call.input === undefined ? 'fc_' : 'ctc_'),
          callId: fakeId('call_'),
          call,
        }) as const,
    ),
  ]
}

/** The item as the API shows it when it is complete. */
function finished(item: Item): JsonObject {
  switch (item.type) {
    case 'reasoning':
      return {
        type: 'reasoning',
        id: item.id,
        summary: [{ type: 'summary_text', text: item.text }],
        encrypted_content: null,
      }
    case 'message':
      return {
        type: 'message',
        id: item.id,
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'output_text', text: item.text, annotations: [] }],
      }
    case 'call': {
      const { name, args, input } = item.call
      const head = { id: item.id, call_id: item.callId, ...nameMembers(name), status: 'completed' }
      return input === undefined
        ? { type: 'function_call', ...head, arguments: JSON.stringify(args ?? {}) }
        : { type: 'custom_tool_call', ...head, input }
    }
  }
}

/** The item as it is announced, before anything of it has arrived. */
function announced(item: Item): JsonObject {
  const whole = finished(item)
  switch (item.type) {
    case 'reasoning':
      return { ...whole, summary: [] }
    case 'message':
      return { ...whole, content: [], status: 'in_progress' }
    case 'call':
      return {
        ...whole,
        ...(item.call.input === undefined ? { arguments: '' } : { input: '' }),
        status: 'in_progress',
      }
  }
}

function pushItem(push: Push, item: Item, output_index: number): void {
  const at = { item_id: item.id, output_index }
  push('response.output_item.added', { output_index, item: announced(item) })
  if (item.type === 'message') {
    const place = { ...at, content_index: 0 }
    const part = { type: 'output_text', text: item.text, annotations: [] }
    push('response.content_part.added', { ...place, part: { ...part, text: '' } })
    for (const delta of textPieces(item.text)) push('response.output_text.delta', { ...place, delta })
    push('response.output_text.done', { ...place, text: item.text })
    push('response.content_part.done', { ...place, part })
  } else if (item.type === 'reasoning') {
    const place = { ...at, summary_index: 0 }
    const part = { type: 'summary_text', text: item.text }
    push('response.reasoning_summary_part.added', { ...place, part: { ...part, text: '' } })
    for (const delta of textPieces(item.text)) {
      push('response.reasoning_summary_text.delta', { ...place, delta })
    }
    push('response.reasoning_summary_text.done', { ...place, text: item.text })
    push('response.reasoning_summary_part.done', { ...place, part })
  } else {
    const { args, input } = item.call
    const [kind, field, text] =
      input === undefined
        ? ['function_call_arguments', 'arguments', JSON.stringify(args ?? {})]
        : ['custom_tool_call_input', 'input', input]
    for (const delta of textPieces(text)) push(`response.${kind}.delta`, { ...at, delta })
    push(`response.${kind}.done`, { ...at, [field]: text })
  }
  push('response.output_item.done', { output_index, item: finished(item) })
}
