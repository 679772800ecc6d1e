import type { Dialect, StreamEvent } from '../dialect.js'
import { fakeId } from '../fake-id.js'
import { asList, asObject, asText, type JsonObject } from '../json-value.js'
import type { ModelReply } from '../model-reply.js'
import type { ModelRequest } from '../model-request.js'
import { textPieces } from '../text-pieces.js'
import { contentText } from './openai-content.js'
import { openaiError } from './openai-error.js'

/** OpenAI Chat Completions, with the `reasoning_content` that compatible servers added. */
export const openaiChat: Dialect = {
  name: 'openai-chat',
  readRequest(body, target) {
    return {
      model: asText(body['model']) ?? target.model ?? '',
      stream: body['stream'] === true,
      tools: asList(body['tools']).flatMap(
        (tool) => asText(asObject(asObject(tool)?.['function'])?.['name']) ?? [],
      ),
      userTexts: asList(body['messages'])
        .map(asObject)
        .filter((message) => message?.['role'] === 'user')
        .map((message) => contentText(message?.['content'])),
      answerSchema: asObject(asObject(asObject(body['response_format'])?.['json_schema'])?.['schema']),
    }
  },
  whole(reply, request) {
    const calls = callsOf(reply)
    return {
      ...head(request, 'chat.completion'),
      choices: [
        {
          index: 0,
          finish_reason: finishReason(reply),
          message: {
            role: 'assistant',
            content: reply.text === '' ? null : reply.text,
            ...(calls.length === 0 ? {} : { tool_calls: calls }),
          },
        },
      ],
      usage: usageOf(reply),
    }
  },
  events(reply, request) {
    const every = head(request, 'chat.completion.chunk')
    const chunk = (delta: JsonObject, finish_reason: string | null = null): StreamEvent => ({
      data: { ...every, choices: [{ index: 0, delta, finish_reason }] },
    })
    return [
      chunk({ role: 'assistant', content: '' }),
      ...textPieces(reply.reasoning).map((piece) => chunk({ reasoning_content: piece })),
      ...textPieces(reply.text).map((content) => chunk({ content })),
      ...callsOf(reply).flatMap(({ function: called, ...call }, index) => [
        chunk({ tool_calls: [{ index, ...call, function: { name: called.name, arguments: '' } }] }),
        ...textPieces(called.arguments).map((piece) =>
          chunk({ tool_calls: [{ index, function: { arguments: piece } }] }),
        ),
      ]),
      chunk({}, finishReason(reply)),
      { data: { ...every, choices: [], usage: usageOf(reply) } },
      { data: '[DONE]' },
    ]
  },
  error: openaiError,
}

function head(request: ModelRequest, object: string): JsonObject {
  return {
    id: fakeId('chatcmpl-'),
    object,
    created: Math.floor(Date.now() / 1000),
    model: request.model,
    system_fingerprint: 'fp_fake',
  }
}

function finishReason(reply: ModelReply): string {
  return reply.calls.length > 0 ? 'tool_calls' : 'stop'
}

interface ChatCall {
  readonly id: string
  readonly type: 'function'
  readonly function: { readonly name: string; readonly arguments: string }
}

function callsOf(reply: ModelReply): readonly ChatCall[] {
  return reply.calls.map(({ name, args }) => ({
    id: fakeId('call_'),
    type: 'function',
    function: { name, arguments: JSON.stringify(args ?? {}) },
  }))
}

function usageOf({ usage }: ModelReply): JsonObject {
  const prompt = usage.input + usage.cacheRead
  return {
    prompt_tokens: prompt,
    completion_tokens: usage.output,
    total_tokens: prompt + usage.output,
    prompt_tokens_details: { cached_tokens: usage.cacheRead },
    completion_tokens_details: { reasoning_tokens: usage.reasoning },
  }
}
