import type { JsonObject } from './json-value.js'
import type { ModelReply } from './model-reply.js'
import type { ModelRequest } from './model-request.js'

/** One event of a server-sent stream: JSON, or text that is sent as it is. */
export interface StreamEvent {
  readonly name?: string
  readonly data: JsonObject | string
}

/** Facts that some dialects have in the address and not in the body. */
export interface RequestTarget {
  readonly model?: string
  readonly stream?: boolean
}

/** How one model API reads and writes. Pure, but for the random ids in what it writes. */
export interface Dialect {
  readonly name: 'anthropic' | 'openai-responses' | 'openai-chat' | 'gemini'
  readRequest(body: JsonObject, target: RequestTarget): ModelRequest
  /** The answer as one JSON object. */
  whole(reply: ModelReply, request: ModelRequest): JsonObject
  /** The answer as events of a stream. */
  events(reply: ModelReply, request: ModelRequest): readonly StreamEvent[]
  error(status: number): JsonObject
  /** Answer to a request that only counts. */
  tokenCount?(tokens: number): JsonObject
}
