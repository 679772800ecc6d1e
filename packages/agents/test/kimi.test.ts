import { type AgentEvent, kimi } from '@gump/agents'
import { sampleRequest } from '@gump/agents/conformance'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const recording = readFileSync(new URL('fixtures/kimi/two-tools/stdout.ndjson', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
const place = '/home/agent/.kimi-code/sessions/wd_ws_68568c701aaf/session_1/agents'
const record = (event: object, agent = 'main'): string =>
  JSON.stringify({ type: 'gump.followed', path: `${place}/${agent}/wire.jsonl`, event })
const looped = (event: object): string => record({ type: 'context.append_loop_event', event })
const hint = JSON.stringify({ role: 'meta', type: 'session.resume_hint', session_id: 'session_1' })

function read(lines: readonly string[]) {
  const parser = kimi().createParser()
  const events: AgentEvent[] = lines.flatMap((line) => parser.push(line))
  const standing = parser.standing?.()
  return { events, standing, outcome: parser.end({ code: 0, signal: null, stderrTail: '' }) }
}

describe('without the records of the session', () => {
  const { events, outcome } = read(recording.filter((line) => !line.includes('"gump.followed"')))

  it('the lines tell turns, tools and the end', () => {
    expect(outcome).toMatchObject({ status: 'success', turns: 2, finalText: 'Done: hello.txt is written.' })
    expect(events.filter(({ type }) => type === 'turn_started')).toHaveLength(2)
    expect(events.flatMap((event) => (event.type === 'tool_started' ? [event.kind] : []))).toEqual([
      'write',
      'shell',
    ])
  })

  it('words tell that a command failed, and tokens are unknown', () => {
    const ends = events.flatMap((event) => (event.type === 'tool_finished' ? [event.ok] : []))
    expect(ends).toEqual([true, false])
    expect(events.some(({ type }) => type === 'usage')).toBe(false)
  })
})

describe('with them', () => {
  const answered = record({ type: 'usage.record', usageScope: 'turn', usage: { inputOther: 10, output: 5 } })
  const completed = record({ type: 'turn.ended', reason: 'completed' })

  it('an answer that was cut off is no success', () => {
    const { outcome } = read([
      answered,
      looped({ type: 'step.end', finishReason: 'max_tokens' }),
      completed,
      hint,
    ])
    expect(outcome).toMatchObject({ status: 'failed', cause: 'limit', kind: 'length' })
  })

  it('it is over when both have said so, and not while a task in the background begins another turn', () => {
    const begun = [answered, completed, looped({ type: 'step.begin' })]
    expect(read([...begun, hint]).standing).toEqual({ lastWord: 'none', background: 0 })
    const said = JSON.stringify({ role: 'assistant', content: 'ok' })
    const done = read([...begun, answered, said, hint, completed])
    expect(done.standing).toEqual({ lastWord: 'final', background: 0 })
    expect(done.outcome).toMatchObject({ status: 'success', turns: 2, sessionId: 'session_1' })
  })

  it('summing up is paid for, and is no turn; so are sub-agents', () => {
    const usage = { inputOther: 100, output: 7, inputCacheRead: 3 }
    const { events, outcome } = read([
      answered,
      record({ type: 'usage.record', usageScope: 'session', usage }),
      record({ type: 'usage.record', usageScope: 'turn', usage }, 'agent-0'),
      completed,
      hint,
    ])
    expect(outcome.turns).toBe(1)
    const inputs = events.flatMap((event) => (event.type === 'usage' ? [event.tokens.input] : []))
    expect(inputs).toEqual([10, 100, 100])
  })

  it('a refusal of the provider is one', () => {
    const error = { code: 'provider.filtered', message: 'Provider safety policy blocked the response.' }
    const { outcome } = read([record({ type: 'turn.ended', reason: 'failed', error })])
    expect(outcome).toMatchObject({ status: 'failed', kind: 'refusal' })
  })
})

it('is launched with its session followed', () => {
  const launch = kimi().launch(
    sampleRequest({ cwd: '/home/ws', sessionId: 'session_1', model: null, env: { HOME: '/home/agent' } }),
  )
  expect(launch).toMatchObject({ kind: 'process', file: 'node', stateDirs: ['/home/agent/.kimi-code'] })
  const [, files = '', program, ...args] = launch.kind === 'process' ? launch.args : []
  expect(JSON.parse(files)).toMatchObject({
    pattern: '/home/agent/.kimi-code/sessions/wd_*_68568c701aaf/session_1/agents/*/wire.jsonl',
  })
  expect(program).toBe('kimi')
  expect(args).toEqual(['--output-format', 'stream-json', '--session', 'session_1', '--prompt', 'Do it.'])
})
