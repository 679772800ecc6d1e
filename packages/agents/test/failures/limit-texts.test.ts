import type { AgentOutcome } from '@gump/agents'
import { describe, expect, it } from 'vitest'
import { CAUSE_OF_KIND } from '../../src/failures/failure-kind.js'
import { retryTimeInText } from '../../src/failures/retry-time.js'
import { heard, mutters, says, VOICES } from '../support/says.js'
import { TEXTS, TIMES } from './texts.js'

const told = (outcome: AgentOutcome): object =>
  outcome.status === 'failed' ? { cause: outcome.cause, kind: outcome.kind } : { status: outcome.status }

describe('what a program says in its stream', () => {
  it.each(TEXTS)('%s, %s: %s', (program, kind, text) => {
    expect(told(says(program, text))).toEqual({ cause: CAUSE_OF_KIND[kind], kind })
  })
})

// Without an end of the stream the cause is known only where a person or time can mend it.
const MENDED = TEXTS.filter(([, kind]) => !['network', 'server', 'request'].includes(kind))

describe('what a program says on stderr only', () => {
  it.each(MENDED)('%s, %s: %s', (program, kind, text) => {
    expect(told(mutters(program, text))).toEqual({ cause: CAUSE_OF_KIND[kind], kind })
  })
})

describe('when they say to come back', () => {
  it.each(TIMES)('%s', (text, moment) => {
    expect(retryTimeInText(text)).toEqual(moment)
  })

  it.each(Object.keys(VOICES))('is told by %s, too', (program) => {
    const text = "You've hit your usage limit · resets 4:20am (Europe/Warsaw)"
    const retryAt = { localTime: '04:20', zone: 'Europe/Warsaw' }
    expect(says(program, text)).toMatchObject({ cause: 'quota', retryAt })
    expect(mutters(program, text)).toMatchObject({ cause: 'quota', retryAt })
  })

  it.each([
    'resets at 25:99',
    'resets Foo 99th',
    'try again later',
    'wait and try again',
    'try again at the earliest convenience',
    'retry with another model',
    'resets (Nowhere/Land)',
    'it retried 3 times',
  ])('%s: never', (text) => {
    expect(retryTimeInText(text)).toBeNull()
  })
})

describe('what is told about the work is no failure of it', () => {
  const words = TEXTS.map(([, , text]) => text).join('\n')

  it.each(Object.keys(VOICES))('a success of %s that quotes all of it stays one', (program) => {
    const done: Readonly<Record<string, readonly object[]>> = {
      claude: [
        { type: 'assistant', message: { id: 'm', content: [{ type: 'text', text: words }] } },
        { type: 'result', subtype: 'success', is_error: false, result: words },
      ],
      codex: [
        { type: 'turn.started' },
        { type: 'item.completed', item: { id: 'i', type: 'agent_message', text: words } },
        { type: 'turn.completed', usage: { input_tokens: 1, output_tokens: 1 } },
      ],
      gemini: [
        { type: 'message', role: 'assistant', content: words },
        { type: 'result', status: 'success', stats: {} },
      ],
      qwen: [
        { type: 'assistant', message: { content: [{ type: 'text', text: words }] } },
        { type: 'result', subtype: 'success', is_error: false, result: words },
      ],
      opencode: [
        { type: 'step_start', sessionID: 's', part: {} },
        { type: 'text', sessionID: 's', part: { text: words } },
        { type: 'step_finish', sessionID: 's', part: { reason: 'stop', tokens: { input: 1, output: 1 } } },
      ],
      cursor: [{ type: 'result', subtype: 'success', is_error: false, result: words }],
      copilot: [
        { type: 'assistant.turn_start', data: {} },
        { type: 'assistant.message', data: { content: words } },
        { type: 'result', sessionId: 'x', exitCode: 0 },
      ],
      pi: [
        {
          type: 'message_end',
          message: { role: 'assistant', content: [{ type: 'text', text: words }], stopReason: 'stop' },
        },
        { type: 'agent_end' },
      ],
    }
    const adapter = VOICES[program]?.adapter
    if (adapter === undefined) throw new Error(program)
    expect(heard(adapter, done[program] ?? [], { code: 0, stderr: words }).status).toBe('success')
  })

  // Copilot has told of an error by then.
  it.each(Object.keys(VOICES).filter((name) => name !== 'copilot'))(
    'a crash of %s stays one when its servers of tools complain',
    (program) => {
      const noise =
        'MCP server "x": 401 Unauthorized, please log in\n[WARN] rate limit of telemetry exceeded\nSegmentation fault'
      expect(mutters(program, noise)).toMatchObject({ cause: 'no_result' })
    },
  )
})
