import type { Dialect, StreamEvent } from '../dialect.js'
import { fakeId } from '../fake-id.js'
import { asList, asObject, asText, type JsonObject } from '../json-value.js'
import type { ModelReply } from '../model-reply.js'
import type { ModelRequest } from '../model-request.js'
import { textPieces } from '../text-pieces.js'

type Block =
  | { readonly type: 'thinking'; readonly thinking: string; readonly signature: string }
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'tool_use'
      readonly id: string
      readonly name: string
      readonly input: Readonly<Record<string, unknown>>
    }

const SIGNATURE = 'ZmFrZQ=='
const ERROR_TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
}

/** Anthropic Messages, API version 2023-06-01. */
export const anthropic: Dialect = {
  name: 'anthropic',
  readRequest(body, target) {
    return {
      model: asText(body['model']) ?? target.model ?? '',
      stream: body['stream'] === true,
      tools: asList(body['tools']).flatMap((tool) => asText(asObject(tool)?.['name']) ?? []),
      userTexts: asList(body['messages']).map(asObject).flatMap(userText),
      answerSchema:
        asObject(asObject(asObject(body['output_config'])?.['format'])?.['schema']) ??
        asObject(asObject(body['output_format'])?.['schema']),
    }
  },
  whole: (reply, request) => message(reply, request),
  events(reply, request) {
    const whole = message(reply, request)
    const content = blocksOf(reply)
    return [
      event('message_start', {
        message: {
          ...whole,
          content: [],
          stop_reason: null,
          usage: { ...usageOf(reply), output_tokens: 1 },
        },
      }),
      ...content.flatMap(blockEvents),
      event('message_delta', {
        delta: { stop_reason: stopReason(reply), stop_sequence: null },
        usage: usageOf(reply),
      }),
      event('message_stop', {}),
    ]
  },
  error: (status) => ({
    type: 'error',
    error: { type: ERROR_TYPES[status] ?? 'api_error', message: `scripted status ${status}` },
    request_id: fakeId('req_'),
  }),
  tokenCount: (tokens) => ({ input_tokens: tokens }),
}

/** Text blocks of a user's message; its `tool_result` blocks are no words of a user. */
function userText(message: JsonObject | null): readonly string[] {
  if (message?.['role'] !== 'user') return []
  const { content } = message
  if (typeof content === 'string') return [content]
  const texts = asList(content).flatMap((block) => asText(asObject(block)?.['text']) ?? [])
  return texts.length === 0 ? [] : [texts.join('\n')]
}

function message(reply: ModelReply, request: ModelRequest): JsonObject {
  return {
    id: fakeId('msg_'),
    type: 'message',
    role: 'assistant',
    model: request.model,
    content: blocksOf(reply),
    stop_reason: stopReason(reply),
    stop_sequence: null,
    usage: usageOf(reply),
  }
}

function stopReason(reply: ModelReply): string {
  return reply.calls.length > 0 ? 'tool_use' : 'end_turn'
}

function usageOf({ usage }: ModelReply): JsonObject {
  return {
    input_tokens: usage.input,
    cache_creation_input_tokens: usage.cacheWrite,
    cache_read_input_tokens: usage.cacheRead,
    output_tokens: usage.output,
    service_tier: 'standard',
  }
}

function blocksOf(reply: ModelReply): readonly Block[] {
  return [
    ...(reply.reasoning === ''
      ? []
      : [{ type: 'thinking', thinking: reply.reasoning, signature: SIGNATURE } as const]),
    ...(reply.text === '' ? [] : [{ type: 'text', text: reply.text } as const]),
    ...reply.calls.map(
      ({ name, args }) => ({ type: 'tool_use', id: fakeId('toolu_'), name, input: args ?? {} }) as const,
    ),
  ]
}

function blockEvents(block: Block, index: number): readonly StreamEvent[] {
  const start = (content_block: JsonObject) => event('content_block_start', { index, content_block })
  const delta = (of: JsonObject) => event('content_block_delta', { index, delta: of })
  const stop = event('content_block_stop', { index })
  switch (block.type) {
    case 'thinking':
      return [
        start({ type: 'thinking', thinking: '', signature: '' }),
        ...textPieces(block.thinking).map((thinking) => delta({ type: 'thinking_delta', thinking })),
        delta({ type: 'signature_delta', signature: block.signature }),
        stop,
      ]
    case 'text':
      return [
        start({ type: 'text', text: '' }),
        ...textPieces(block.text).map((text) => delta({ type: 'text_delta', text })),
        stop,
      ]
    case 'tool_use':
      return [
        start({ ...block, input: {} }),
        ...textPieces(JSON.stringify(block.input)).map((partial_json) =>
          delta({ type: 'input_json_delta', partial_json }),
        ),
        stop,
      ]
  }
}

function event(type: string, data: JsonObject): StreamEvent {
  return { name: type, data: { type, ...data } }
}
