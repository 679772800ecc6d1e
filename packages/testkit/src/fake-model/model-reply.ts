import type { FakeUsage, ScriptedTurn, ToolCall } from './script.js'

/** One answer with everything decided, ready to be put into a dialect. */
export interface ModelReply {
  readonly text: string
  readonly reasoning: string
  readonly calls: readonly ToolCall[]
  readonly usage: FakeUsage
}

const DEFAULT_USAGE: FakeUsage = { input: 1200, output: 80, cacheRead: 0, cacheWrite: 0, reasoning: 0 }

/** Settles a turn for a request that offers these tools. */
export function replyOf(turn: ScriptedTurn, offered: readonly string[]): ModelReply {
  return {
    text: turn.text ?? '',
    reasoning: turn.reasoning ?? '',
    calls: (turn.tools ?? []).flatMap((tool) => {
      if (!('anyOf' in tool)) return [tool]
      // Not on offer at all: the program under test answers such a call with an error, which a test should see.
      const call =
        tool.anyOf.find(({ name, beside = name }) => offered.includes(name) && offered.includes(beside)) ??
        tool.anyOf[0]
      return call === undefined ? [] : [call]
    }),
    usage: { ...DEFAULT_USAGE, ...turn.usage },
  }
}
