import { acp, type AgentEvent, type AgentOutcome } from '@gump/agents'
import { sampleRequest } from '@gump/agents/conformance'
import * as fc from 'fast-check'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { runAcpPrompt, type AcpPrompt } from '../src/acp/bridge.js'
import { promptOutcome } from '../src/acp/prompt-outcome.js'
import { createAcpTranslator } from '../src/acp/translate-update.js'
import { expectWellFormed } from '../src/conformance/well-formed.js'

const program = fileURLToPath(new URL('programs/acp-agent.mjs', import.meta.url))

async function prompt(
  text: string,
  options: Partial<AcpPrompt> & { readonly flags?: readonly string[] } = {},
): Promise<{ events: AgentEvent[]; outcome: AgentOutcome }> {
  const { flags = [], ...rest } = options
  const events: AgentEvent[] = []
  const request = { prompt: text, cwd: tmpdir(), model: null, sessionId: null, ...rest }
  const command = options.command ?? [process.execPath, program, ...flags]
  const outcome = await runAcpPrompt({ ...request, command }, (event) => events.push(event))
  expectWellFormed({ events, outcome })
  return { events, outcome }
}

describe('runAcpPrompt', () => {
  it('reports what the agent says and does, and allows what it asks for', async () => {
    const { events, outcome } = await prompt('go')
    expect(events.filter((event) => event.type !== 'raw')).toEqual([
      { type: 'session', sessionId: 'session-known' },
      { type: 'turn_started' },
      { type: 'reasoning', text: 'hm' },
      { type: 'text', text: 'I ' },
      { type: 'text', text: 'write.' },
      { type: 'tool_started', id: 'c1', tool: 'edit', kind: 'edit', path: '/ws/hello.txt' },
      { type: 'tool_finished', id: 'c1', ok: true },
      { type: 'turn_started' },
      { type: 'tool_started', id: 'c2', tool: 'execute', kind: 'shell', command: 'npm test' },
      { type: 'tool_finished', id: 'c2', ok: false },
      {
        type: 'usage',
        mode: 'delta',
        tokens: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
        contextTokens: 1234,
      },
      { type: 'turn_started' },
      { type: 'text', text: 'Done.' },
    ])
    expect(outcome).toEqual({
      status: 'success',
      sessionId: 'session-known',
      turns: 3,
      finalText: 'Done.',
      costUsd: { value: 0.25, scope: 'session' },
    })
  })

  it('continues a session without repeating its history', async () => {
    const { events, outcome } = await prompt('go', { sessionId: 'session-known' })
    expect(outcome).toMatchObject({ status: 'success', sessionId: 'session-known' })
    expect(events.some((event) => event.type === 'text' && event.text.includes('long ago'))).toBe(false)
  })

  it('says that a session was refused', async () => {
    expect((await prompt('go', { sessionId: 'other' })).outcome).toMatchObject({ sessionRefused: true })
    const later = await prompt('go', { sessionId: 'session-known', flags: ['--limited'] })
    expect(later.outcome).toMatchObject({ status: 'failed', cause: 'quota' })
    expect(later.outcome).not.toHaveProperty('sessionRefused')
    const unable = await prompt('go', { sessionId: 'session-known', flags: ['--no-load'] })
    expect(unable.outcome).toMatchObject({ status: 'failed', sessionRefused: true })
  })

  it('chooses the model, and warns when the agent has none of that name', async () => {
    const large = await prompt('go', { model: 'large', flags: ['--models'] })
    expect(large.events.filter((event) => event.type === 'warning')).toEqual([])
    for (const flags of [['--models'], []]) {
      const { events, outcome } = await prompt('go', { model: 'huge', flags })
      expect(events).toContainEqual({ type: 'warning', message: expect.stringContaining('huge') })
      expect(outcome.status).toBe('success')
    }
  })

  it.each([
    ['refuse', [], { status: 'failed', cause: 'error' }],
    ['quota', [], { status: 'failed', cause: 'quota' }],
    ['go', ['--auth'], { status: 'failed', cause: 'auth' }],
    [
      'go',
      ['--version-2'],
      { status: 'failed', cause: 'configuration', message: expect.stringContaining('version 2'), turns: 0 },
    ],
    ['die', [], { status: 'failed', cause: 'no_result', message: expect.stringContaining('exit code 9') }],
  ])('%s %j', async (text, flags, expected) => {
    expect((await prompt(text, { flags })).outcome).toMatchObject(expected)
  })

  it('says when the agent cannot be started', async () => {
    const { outcome } = await prompt('go', { command: ['/no/such/agent'] })
    expect(outcome).toMatchObject({ status: 'failed', cause: 'configuration' })
  })

  it('says when the agent speaks something else', async () => {
    const { outcome } = await prompt('go', { command: [process.execPath, '-e', 'console.log("hello")'] })
    expect(outcome).toMatchObject({ status: 'failed', cause: 'no_result' })
  })
})

describe('createAcpTranslator', () => {
  it('survives any update', () => {
    const update = fc.oneof(
      fc.jsonValue(),
      fc
        .tuple(
          fc.constantFrom('agent_message_chunk', 'tool_call', 'tool_call_update', 'usage_update', 'plan'),
          fc.jsonValue(),
        )
        .map(([sessionUpdate, more]) => ({ ...(more as object), sessionUpdate })),
    )
    fc.assert(
      fc.property(fc.array(update), (updates) => {
        const translator = createAcpTranslator()
        const events = updates.flatMap((one) => [...translator.update(one)])
        expectWellFormed({ events, outcome: promptOutcome({ stopReason: 'end_turn' }, { turns: 0 }) })
      }),
    )
  })
})

describe('acp', () => {
  it('describes the launch of its bridge', () => {
    const adapter = acp({ bridge: '/opt/bridge.js' }).withArgument?.('some-agent --acp "a b"')
    const plan = adapter?.launch(sampleRequest({ sessionId: 's-1' }))
    expect(plan).toEqual({
      kind: 'process',
      file: 'node',
      args: [
        '/opt/bridge.js',
        '{"command":["some-agent","--acp","a b"],"cwd":"/work/tree","model":"some-model","sessionId":"s-1"}',
      ],
      env: {},
      stdin: 'Do it.',
      stateDirs: [],
    })
    expect(adapter?.detection?.command).toBe('some-agent')
  })

  it.each(['', ' ', 'a\nb'])('refuses the command %j', (argument) => {
    expect(acp().withArgument?.(argument)).toBeNull()
  })
})

describe('what acp:COMMAND adds', () => {
  it.each([
    ['Error: You are not logged in', { cause: 'auth', kind: 'sign_in' }],
    ['usage limit reached, resets in 2 hours', { cause: 'quota', retryAt: { afterMs: 7_200_000 } }],
    ['unknown model: x-9', { cause: 'configuration', kind: 'model' }],
    ['connect ECONNREFUSED 127.0.0.1:443', { cause: 'no_result', kind: 'network' }],
    ['session s-1 not found', { cause: 'error', sessionRefused: true }],
    ['Segmentation fault', { cause: 'no_result' }],
  ])('reads on stderr why there was no answer: %s', (stderrTail, outcome) => {
    const parser = acp().withArgument?.('x')?.createParser()
    parser?.push('{"type":"result","status":"failed","cause":"no_result","message":"no answer"}')
    expect(parser?.end({ code: 1, signal: null, stderrTail })).toMatchObject({
      status: 'failed',
      message: `no answer: ${stderrTail}`,
      ...outcome,
    })
  })

  const plan = (argument: string) => acp().withArgument?.(argument)?.launch(sampleRequest())

  it('lets a program that is known write to its own folders', () => {
    expect(plan('gemini --acp')).toMatchObject({ stateDirs: ['/home/alice/.gemini'] })
    expect(plan('/opt/bin/opencode acp')).toMatchObject({
      stateDirs: expect.arrayContaining(['/home/alice/.local/share/opencode']) as string[],
    })
    expect(plan('claude-agent-acp')).toMatchObject({
      stateDirs: expect.arrayContaining(['/home/alice/.claude']) as string[],
    })
    expect(plan('another-program')).toMatchObject({ env: {}, stateDirs: [] })
  })

  it('says what the program said when it gave no answer', () => {
    const parser = acp().withArgument?.('x')?.createParser()
    parser?.push('{"type":"result","status":"failed","cause":"no_result","message":"no answer"}')
    expect(parser?.end({ code: 1, signal: null, stderrTail: 'read-only file system\n' })).toMatchObject({
      cause: 'no_result',
      message: 'no answer: read-only file system',
    })
  })
})
