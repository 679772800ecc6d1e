import type { Dialect, StreamEvent } from '../dialect.js'
import { fakeId } from '../fake-id.js'
import { asList, asObject, asText, type JsonObject } from '../json-value.js'
import type { ModelReply } from '../model-reply.js'
import type { ModelRequest } from '../model-request.js'
import { textPieces } from '../text-pieces.js'

const SIGNATURE = 'ZmFrZQ=='
const STATUS_NAMES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
}

/** Gemini `generateContent` and `streamGenerateContent`, v1beta. */
export const gemini: Dialect = {
  name: 'gemini',
  readRequest(body, target) {
    const wanted = asObject(body['generationConfig'])
    return {
      model: target.model ?? '',
      stream: target.stream ?? false,
      tools: asList(body['tools'])
        .flatMap((tool) => asList(asObject(tool)?.['functionDeclarations']))
        .flatMap((declared) => asText(asObject(declared)?.['name']) ?? []),
      userTexts: asList(body['contents']).map(asObject).flatMap(userText),
      answerSchema: asObject(wanted?.['responseJsonSchema']) ?? asObject(wanted?.['responseSchema']),
    }
  },
  whole: (reply, request) =>
    answer(request, [...(reply.text === '' ? [] : [{ text: reply.text }]), ...callsOf(reply)], reply),
  events(reply, request) {
    const part = (of: JsonObject): StreamEvent => ({ data: answer(request, [of]) })
    return [
      ...(reply.reasoning === '' ? [] : [part({ text: reply.reasoning, thought: true })]),
      ...textPieces(reply.text).map((text) => part({ text })),
      ...callsOf(reply).map(part),
      { data: answer(request, [{ text: '' }], reply) },
    ]
  },
  error: (status) => ({
    error: {
      code: status,
      message: `scripted status ${status}`,
      status: STATUS_NAMES[status] ?? 'UNKNOWN',
    },
  }),
  tokenCount: (tokens) => ({ totalTokens: tokens }),
}

/** Text parts of what the user said; `functionResponse` parts have the same role. */
function userText(content: JsonObject | null): readonly string[] {
  if (content?.['role'] !== 'user') return []
  const texts = asList(content['parts']).flatMap((part) => asText(asObject(part)?.['text']) ?? [])
  return texts.length === 0 ? [] : [texts.join('\n')]
}

function callsOf(reply: ModelReply): readonly JsonObject[] {
  return reply.calls.map(({ name, args }) => ({
    functionCall: { name, args: args ?? {} },
    thoughtSignature: SIGNATURE,
  }))
}

/** One response; the last of a stream, or the only one, has the reason of the end and the usage. */
function answer(request: ModelRequest, parts: readonly JsonObject[], last?: ModelReply): JsonObject {
  return {
    candidates: [
      {
        content: { role: 'model', parts },
        index: 0,
        ...(last === undefined ? {} : { finishReason: 'STOP' }),
      },
    ],
    modelVersion: request.model,
    responseId: fakeId('r'),
    ...(last === undefined ? {} : { usageMetadata: usageOf(last) }),
  }
}

function usageOf({ usage }: ModelReply): JsonObject {
  // Thoughts are counted beside the candidates here, and not in them.
  const candidates = Math.max(0, usage.output - usage.reasoning)
  const prompt = usage.input + usage.cacheRead
  return {
    promptTokenCount: prompt,
    candidatesTokenCount: candidates,
    thoughtsTokenCount: usage.reasoning,
    cachedContentTokenCount: usage.cacheRead,
    totalTokenCount: prompt + candidates + usage.reasoning,
  }
}
