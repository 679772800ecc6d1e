import {
  acp,
  type AgentAdapter,
  claude,
  codex,
  copilot,
  cursor,
  gemini,
  kimi,
  opencode,
  pi,
  qwen,
} from '@gump/agents'

/** How a program puts things into its stream: the same for every adapter, so that each rule can be shown with each. */
export interface Voice {
  readonly adapter: AgentAdapter
  /** It was refused, or failed, and says this. */
  readonly fails: (text: string) => readonly object[]
  /** A piece of work with 100 tokens in and 10 out, an answer, and a good end. */
  readonly succeeds: (text: string) => readonly object[]
  /** A tool has begun. null: the stream tells of tools that have ended only. */
  readonly works: readonly object[] | null
  /** Something goes wrong on the way to a good end. */
  readonly stumbles: readonly object[]
  /** What it prints on stderr when it does not know the session. */
  readonly unknownSession: string
  /** Its stream tells tokens. */
  readonly tokens: boolean
  /** The exit code is no part of the verdict. */
  readonly ignoresExit: boolean
}

const text = (said: string) => ({ type: 'text', text: said })
const claudeInit = { type: 'system', subtype: 'init', session_id: 's-1' }
const claudeMessage = (id: string, content: readonly object[], more: object = {}) => ({
  type: 'assistant',
  message: { id, content, usage: { input_tokens: 100, output_tokens: 10 }, ...more },
})
const claudeResult = (members: object) => ({
  type: 'result',
  subtype: 'success',
  is_error: false,
  session_id: 's-1',
  ...members,
})
const used = { usage: { input_tokens: 100, output_tokens: 10 } }
const codexBegins = [{ type: 'thread.started', thread_id: 't-1' }, { type: 'turn.started' }]
const codexEnds = {
  type: 'turn.completed',
  usage: { input_tokens: 100, cached_input_tokens: 0, output_tokens: 10 },
}
const codexSays = (said: string) => ({
  type: 'item.completed',
  item: { id: 'i', type: 'agent_message', text: said },
})
const copilotTurn = { type: 'assistant.turn_start', data: {} }
const followed = {
  type: 'gump.followed',
  path: '/home/u/.copilot/session-state/s-1/events.jsonl',
  event: {
    type: 'session.usage_record',
    data: { usage: { model: 'm', inputTokens: 100, outputTokens: 10 } },
  },
}
const stepStart = { type: 'step_start', sessionID: 'ses_1', part: {} }
const stepEnd = {
  type: 'step_finish',
  sessionID: 'ses_1',
  part: { reason: 'stop', cost: 0.01, tokens: { input: 100, output: 10 } },
}
const openText = (said: string) => ({ type: 'text', sessionID: 'ses_1', part: { text: said } })
const openError = (message: string) => ({
  type: 'error',
  sessionID: 'ses_1',
  error: { name: 'UnknownError', data: { message } },
})
const piEnd = (stopReason: string, members: object) => ({
  type: 'message_end',
  message: { role: 'assistant', content: [], stopReason, ...members },
})
const piUsage = { input: 100, output: 10, cacheRead: 0, cacheWrite: 0 }
const piOver = [{ type: 'agent_end', willRetry: false }, { type: 'agent_settled' }]
const geminiInit = { type: 'init', session_id: 's-1', model: 'm' }
const geminiSays = (said: string) => ({ type: 'message', role: 'assistant', content: said, delta: true })
const geminiEnds = {
  type: 'result',
  status: 'success',
  stats: { input_tokens: 100, output_tokens: 10, total_tokens: 110 },
}
const cursorInit = { type: 'system', subtype: 'init', session_id: 'c-1', model: 'auto' }
const cursorSays = (said: string) => ({
  type: 'assistant',
  model_call_id: 'm1',
  message: { content: [text(said)] },
})
const cursorEnds = (said: string) => ({
  type: 'result',
  subtype: 'success',
  is_error: false,
  result: said,
  session_id: 'c-1',
  usage: { inputTokens: 100, outputTokens: 10 },
})

const kimiNotes = (event: object) => ({
  type: 'gump.followed',
  path: '/h/.kimi-code/sessions/wd_a_0/session_1/agents/main/wire.jsonl',
  event,
})
const kimiLoop = (event: object) => kimiNotes({ type: 'context.append_loop_event', event })
const kimiBegins = kimiLoop({ type: 'step.begin' })
const kimiEnds = (reason: string, error?: object) => kimiNotes({ type: 'turn.ended', reason, error })

/** Every program whose stream an adapter reads, and the bridge of those that speak the Agent Client Protocol. */
export const VOICES: readonly Voice[] = [
  {
    adapter: claude(),
    fails: (said) => [
      claudeInit,
      claudeMessage('x', [text(said)], { model: '<synthetic>', usage: {} }),
      claudeResult({ is_error: true, result: said }),
    ],
    succeeds: (said) => [
      claudeInit,
      claudeMessage('m1', [text(said)]),
      claudeResult({ result: said, ...used }),
    ],
    works: [
      claudeInit,
      claudeMessage('m1', [{ type: 'tool_use', id: 't', name: 'Bash', input: { command: 'make' } }]),
    ],
    stumbles: [{ type: 'system', subtype: 'api_retry', attempt: 1, error_status: 529, retry_delay_ms: 1000 }],
    unknownSession: 'No conversation found with session ID: s-1',
    tokens: true,
    ignoresExit: true,
  },
  {
    adapter: codex(),
    fails: (said) => [
      ...codexBegins,
      { type: 'error', message: said },
      { type: 'turn.failed', error: { message: said } },
    ],
    succeeds: (said) => [...codexBegins, codexSays(said), codexEnds],
    works: [
      ...codexBegins,
      { type: 'item.started', item: { id: 'c', type: 'command_execution', command: 'make' } },
    ],
    stumbles: [{ type: 'error', message: 'Reconnecting... 1/5 (unexpected status 503 Service Unavailable)' }],
    unknownSession: 'Error: thread/resume failed: no rollout found for thread id t-1 (code -32600)',
    tokens: true,
    ignoresExit: true,
  },
  {
    adapter: gemini(),
    fails: (said) => [
      geminiInit,
      { type: 'result', status: 'error', error: { type: 'Error', message: said }, stats: {} },
    ],
    succeeds: (said) => [geminiInit, geminiSays(said), geminiEnds],
    works: [
      geminiInit,
      { type: 'tool_use', tool_name: 'run_shell_command', tool_id: 't', parameters: { command: 'make' } },
    ],
    stumbles: [{ type: 'error', severity: 'warning', message: 'Loop detected' }],
    unknownSession: 'Error resuming session: Invalid session identifier "s-1".',
    tokens: true,
    ignoresExit: true,
  },
  {
    adapter: qwen(),
    fails: (said) => [
      claudeInit,
      { type: 'result', subtype: 'error_during_execution', is_error: true, error: { message: said } },
    ],
    succeeds: (said) => [
      claudeInit,
      claudeMessage('m1', [text(said)]),
      claudeResult({ result: said, ...used }),
    ],
    works: [
      claudeInit,
      claudeMessage('m1', [
        { type: 'tool_use', id: 't', name: 'run_shell_command', input: { command: 'make' } },
      ]),
    ],
    stumbles: [{ type: 'system', subtype: 'retry', data: { attempt: 1, maxRetries: 10, delayMs: 60_000 } }],
    unknownSession: 'No saved session found with ID s-1.',
    tokens: true,
    ignoresExit: true,
  },
  {
    adapter: opencode(),
    fails: (said) => [stepStart, openError(said)],
    succeeds: (said) => [stepStart, openText(said), stepEnd],
    works: null,
    stumbles: [openError('The stream was interrupted')],
    unknownSession: 'Error: Session not found',
    tokens: true,
    ignoresExit: false,
  },
  {
    adapter: cursor(),
    fails: (said) => [
      cursorInit,
      { type: 'result', subtype: 'error', is_error: true, result: said, session_id: 'c-1' },
    ],
    succeeds: (said) => [cursorInit, cursorSays(said), cursorEnds(said)],
    works: [
      cursorInit,
      {
        type: 'tool_call',
        subtype: 'started',
        call_id: 't',
        tool_call: { shellToolCall: { args: { command: 'make' } } },
      },
    ],
    stumbles: [
      { type: 'tool_call', subtype: 'completed', call_id: 't', tool_call: { shellToolCall: { result: {} } } },
    ],
    unknownSession: 'Error: Chat c-1 could not be found',
    tokens: true,
    ignoresExit: true,
  },
  {
    adapter: copilot(),
    fails: (said) => [
      { type: 'session.error', data: { errorType: 'query', message: said } },
      { type: 'result', sessionId: 's-1', exitCode: 1 },
    ],
    succeeds: (said) => [
      copilotTurn,
      { type: 'assistant.message', data: { content: said } },
      followed,
      { type: 'result', sessionId: 's-1', exitCode: 0 },
    ],
    works: [
      copilotTurn,
      {
        type: 'tool.execution_start',
        data: { toolCallId: 't', toolName: 'bash', arguments: { command: 'make' } },
      },
    ],
    stumbles: [
      { type: 'session.error', data: { errorType: 'rate_limit', message: 'You have hit a rate limit' } },
    ],
    unknownSession: 'Error: No session, task, or name matched "s-1"',
    tokens: true,
    ignoresExit: true,
  },
  {
    adapter: pi(),
    fails: (said) => [{ type: 'session', id: 's-1' }, piEnd('error', { errorMessage: said }), ...piOver],
    succeeds: (said) => [
      { type: 'session', id: 's-1' },
      { type: 'message_start', message: { role: 'assistant' } },
      piEnd('stop', { content: [text(said)], usage: piUsage }),
      ...piOver,
    ],
    works: [
      { type: 'session', id: 's-1' },
      { type: 'tool_execution_start', toolCallId: 't', toolName: 'bash', args: { command: 'make' } },
    ],
    stumbles: [
      piEnd('error', { errorMessage: '529 overloaded' }),
      { type: 'agent_end', willRetry: true },
      { type: 'auto_retry_start', attempt: 1, delayMs: 2000, errorMessage: '529 overloaded' },
      { type: 'agent_start' },
    ],
    unknownSession: "No session found matching 's-1'",
    tokens: true,
    ignoresExit: true,
  },
  {
    adapter: kimi(),
    fails: (said) => [kimiBegins, kimiEnds('failed', { code: 'provider.error', message: said })],
    succeeds: (said) => [
      kimiBegins,
      kimiNotes({ type: 'usage.record', usageScope: 'turn', usage: { inputOther: 100, output: 10 } }),
      { role: 'assistant', content: said },
      { role: 'meta', type: 'session.resume_hint', session_id: 'session_1' },
      kimiEnds('completed'),
    ],
    works: [
      kimiBegins,
      kimiLoop({ type: 'tool.call', toolCallId: 't', name: 'Bash', args: { command: 'make' } }),
    ],
    stumbles: [kimiLoop({ type: 'step.end', finishReason: 'error' })],
    unknownSession: 'error: failed to run prompt: Session "session_1" not found.',
    tokens: true,
    ignoresExit: true,
  },
  {
    adapter: acp().withArgument?.('some-agent') ?? acp(),
    // The bridge classifies what was answered; what it was not answered is on stderr.
    fails: () => [{ type: 'session', sessionId: 's-1' }],
    succeeds: (said) => [
      { type: 'session', sessionId: 's-1' },
      { type: 'turn_started' },
      text(said),
      { type: 'result', status: 'success', finalText: said },
    ],
    works: [
      { type: 'turn_started' },
      { type: 'tool_started', id: 't', tool: 'execute', kind: 'shell', command: 'make' },
    ],
    stumbles: [{ type: 'tool_finished', id: 'none', ok: false }],
    unknownSession: 'Error: session s-1 not found',
    tokens: false,
    ignoresExit: true,
  },
]
