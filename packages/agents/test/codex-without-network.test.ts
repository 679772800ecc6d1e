import { type AgentParser, codex } from '@gump/agents'
import { describe, expect, it } from 'vitest'

const exit = { code: null, signal: 'SIGTERM', stderrTail: '', killedBy: 'ended' } as const
const started = [
  { type: 'thread.started', thread_id: '01a22fb7-3c9b-7802-a461-6dc2fd5756b8' },
  { type: 'turn.started' },
]
// Word for word what 0.169.0 says after 5 s, 10 s, 20 s, and so on.
const waiting = {
  type: 'error',
  message: 'Reconnecting... waiting for network (Connection failed: error sending request)',
}
const message = { type: 'item.completed', item: { id: 'item_0', type: 'agent_message', text: 'Done.' } }
const end = { type: 'turn.completed', usage: { input_tokens: 900, output_tokens: 4 } }

function play(...events: readonly object[]): AgentParser {
  const parser = codex().createParser()
  for (const event of events) parser.push(JSON.stringify(event))
  return parser
}

describe('Codex without a network', () => {
  it('may be ended, as it never gives up, and is said to have failed for that', () => {
    const parser = play(...started, waiting, waiting)
    expect(parser.standing?.()).toEqual({ lastWord: 'error', background: 0 })
    expect(parser.end(exit)).toMatchObject({ status: 'failed', cause: 'error', kind: 'network' })
  })

  it('tells that it waits', () => {
    const parser = play(...started)
    expect(parser.push(JSON.stringify(waiting))).toEqual([
      { type: 'retry_wait', status: null, untilMs: null },
    ])
  })

  it('is at work again when the network is back, however long it is silent then', () => {
    const parser = play(...started, waiting, message)
    expect(parser.standing?.()).toEqual({ lastWord: 'none', background: 0 })
    parser.push(JSON.stringify(end))
    expect(parser.end({ code: 0, signal: null, stderrTail: '' })).toMatchObject({ status: 'success' })
  })
})
