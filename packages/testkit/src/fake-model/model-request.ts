import type { JsonObject } from './json-value.js'

/** What the server needs to know of a request, whatever the dialect it is in. */
export interface ModelRequest {
  readonly model: string
  readonly stream: boolean
  /** Names of the tools on offer. */
  readonly tools: readonly string[]
  /** What the user said, oldest first; results of tools are not among it. */
  readonly userTexts: readonly string[]
  /** JSON Schema that the answer is to follow, if any. */
  readonly answerSchema: JsonObject | null
}
