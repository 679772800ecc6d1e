import type { IncomingHttpHeaders } from 'node:http'

import type { Dialect } from './dialect.js'
import type { JsonObject } from './json-value.js'
import type { ModelRequest } from './model-request.js'
import type { FakeUsage, Fault } from './script.js'

/** One request that came, in the order in which they came. */
export interface LoggedRequest {
  readonly method: string
  /** With the query. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  /** null when it was no JSON object. */
  readonly body: JsonObject | null
  /** What it was answered with; null: nothing is at this address. */
  readonly answer: Answer | null
}

export type Answer =
  | { readonly kind: 'models' | 'count' }
  | {
      readonly kind: 'turn' | 'side'
      readonly dialect: Dialect['name']
      readonly request: ModelRequest
      readonly conversation: number | null
      readonly turn: number | null
      readonly fault: Fault | null
    }

/** The usage that the program was sent with an answer. */
export interface SentAnswer {
  readonly kind: 'turn' | 'side'
  /** As the program asked for it. */
  readonly model: string
  readonly usage: FakeUsage
  /** false: it broke off, and the program may have seen all of the figures, some, or none. */
  readonly whole: boolean
}
