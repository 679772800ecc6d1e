import { type AgentOutcome, builtinAgents } from '@gump/agents'
import { describe, expect, it } from 'vitest'

function outcomeOf(name: string, lines: readonly object[]): AgentOutcome {
  const parser = builtinAgents()
    .find((agent) => agent.name === name)
    ?.createParser()
  if (parser === undefined) throw new Error(name)
  for (const line of lines) parser.push(JSON.stringify(line))
  return parser.end({ code: 0, signal: null, stderrTail: '' })
}

const session = { session_id: 's-1' }
const SILENT: Readonly<Record<string, readonly object[]>> = {
  claude: [
    { type: 'system', subtype: 'init', ...session },
    { type: 'result', subtype: 'success', is_error: false, result: '', num_turns: 0, ...session },
  ],
  codex: [
    { type: 'thread.started', thread_id: 't-1' },
    { type: 'turn.started' },
    { type: 'turn.completed', usage: { input_tokens: 12, output_tokens: 0 } },
  ],
  gemini: [
    { type: 'init', session_id: 's-1', model: 'm' },
    { type: 'result', status: 'success', stats: {} },
  ],
  qwen: [
    { type: 'system', subtype: 'init', ...session },
    { type: 'result', subtype: 'success', is_error: false, result: '', ...session },
  ],
  opencode: [
    { type: 'step_start', sessionID: 'ses_1', part: {} },
    { type: 'step_finish', sessionID: 'ses_1', part: { reason: 'stop', tokens: { input: 12, output: 0 } } },
  ],
  cursor: [
    { type: 'system', subtype: 'init', ...session },
    { type: 'result', subtype: 'success', is_error: false, result: '', ...session },
  ],
  copilot: [{ type: 'result', sessionId: 's-1', exitCode: 0 }],
}

describe('a success of an agent that said nothing and used no tool', () => {
  it.each(Object.entries(SILENT))('is none: %s', (name, lines) => {
    expect(outcomeOf(name, lines)).toMatchObject({
      status: 'failed',
      cause: 'no_result',
      message: expect.stringContaining('without a word') as string,
    })
  })

  it('keeps what is known of it', () => {
    expect(outcomeOf('codex', SILENT['codex'] ?? [])).toMatchObject({
      sessionId: 't-1',
      usage: { tokens: { input: 12 } },
    })
  })

  it('stays one when there is anything that may be work', () => {
    const [start, ...rest] = SILENT['codex'] ?? []
    const unknown = { type: 'item.completed', item: { id: 'i', type: 'of_next_year' } }
    expect(outcomeOf('codex', [start ?? {}, unknown, ...rest]).status).toBe('success')
    const [init, result] = SILENT['claude'] ?? []
    expect(outcomeOf('claude', [init ?? {}, { ...result, result: 'Nothing to do.' }]).status).toBe('success')
  })

  it('stays one in a stream that was written for Gump', () => {
    expect(outcomeOf('scripted', [{ type: 'result', status: 'success' }]).status).toBe('success')
  })
})
