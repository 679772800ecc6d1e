/**
 * What the fake model answers, as plain JSON. Nothing in it depends on time or chance: request after request, the
 * conversation that fits takes its next turn.
 *
 * @example
 * ```json
 * {
 *   "conversations": [
 *     { "match": "Write a greeting", "turns": [
 *       { "text": "I write it.", "tools": [{ "anyOf": [
 *         { "name": "Write", "args": { "file_path": "hello.txt", "content": "hi" } },
 *         { "name": "write_file", "args": { "path": "hello.txt", "content": "hi" } } ] }] },
 *       { "text": "Done." } ] }
 *   ]
 * }
 * ```
 */
export interface FakeScript {
  /** Model ids for `GET …/models`. Default: `fake-1`. */
  readonly models?: readonly string[]
  /** Served on every model request, side requests included, before any turn. */
  readonly fault?: Fault
  /** Text that answers side requests: titles, summaries, quota probes. Default: `ok`. */
  readonly side?: string
  /**
   * Name → regular expression with one group, looked for in every text of a request; the first that is found takes the
   * place of `${name}` in the answer. Programs tell the model their working folder, which no script can know.
   */
  readonly captures?: Readonly<Record<string, string>>
  readonly conversations: readonly Conversation[]
}

export interface Conversation {
  /**
   * Text that occurs in what the user said. The newest user message that fits any conversation decides, and of several
   * that fit it the first. Absent: fits when no other does.
   */
  readonly match?: string
  /** One for each model request; the last repeats. */
  readonly turns: readonly ScriptedTurn[]
  /** Its requests without tools count as main requests, too. Default: false. */
  readonly toolless?: boolean
}

/** One answer of the model. */
export interface ScriptedTurn {
  readonly text?: string
  /** Thinking, or a summary of it; sent before the text. */
  readonly reasoning?: string
  readonly tools?: readonly (ToolCall | ToolChoice)[]
  readonly usage?: Partial<FakeUsage>
  /** Milliseconds before the first byte. */
  readonly delayMs?: number
  /** Milliseconds between two events of a stream. */
  readonly eventDelayMs?: number
  /** Instead of the turn, which is answered only when the fault is over. */
  readonly fault?: Fault
}

export interface ToolCall {
  readonly name: string
  /** Arguments of a function. */
  readonly args?: Readonly<Record<string, unknown>>
  /** Text for a free-form tool (OpenAI Responses only); excludes `args`. */
  readonly input?: string
  /**
   * In a choice, makes the call only where the request offers this tool as well: two programs give one name to tools
   * with different arguments.
   */
  readonly beside?: string
}

/** Tools have other names in every program: the first call whose tool the request offers is made. */
export interface ToolChoice {
  readonly anyOf: readonly ToolCall[]
}

/** Tokens; the cache classes are not part of `input`, reasoning is part of `output`. */
export interface FakeUsage {
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  readonly cacheWrite: number
  readonly reasoning: number
}

/** What goes wrong. `times`: how often, until the answer comes after all; absent: always. */
export type Fault = { readonly times?: number } & (
  | {
      readonly kind: 'http'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      /** JSON; default: the error object of the dialect. */
      readonly body?: unknown
    }
  /** After so many events of the stream, silence on an open connection. */
  | { readonly kind: 'stall'; readonly after: number }
  /** After so many events the connection breaks. */
  | { readonly kind: 'cut'; readonly after: number }
  /** After so many events one that is not JSON, and the end. */
  | { readonly kind: 'malformed'; readonly after: number }
  /** The request is read and never answered. */
  | { readonly kind: 'silence' }
)
