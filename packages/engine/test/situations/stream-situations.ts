import {
  acp,
  type AgentAdapter,
  claude,
  codex,
  copilot,
  createNormalizedParser,
  cursor,
  gemini,
  kimi,
  opencode,
  pi,
  type ProcessExit,
  qwen,
} from '@gump/agents'
import type { Kind } from './kinds.js'

/** A stream, how its program ended, and what must be made of it. */
export interface StreamSituation {
  readonly kind: Kind
  readonly name: string
  readonly adapter: AgentAdapter
  readonly lines: readonly object[]
  readonly exit?: Partial<ProcessExit>
  readonly outcome: object
  /** How far the stream has come before its end. */
  readonly standing?: object
  /** Whether something is to be said about it; absent: it is in the outcome. */
  readonly warns?: false
  /** Tokens at the end, by the meter: in and out. */
  readonly tokens?: readonly [input: number, output: number]
  /** Tools that have begun and not ended. */
  readonly openTools?: number
}

const done = (text: string) => ({ type: 'text', text })
const claudeInit = { type: 'system', subtype: 'init', session_id: 's-1', claude_code_version: '2.1.329' }
const claudeSays = (id: string, text: string, more: object = {}) => ({
  type: 'assistant',
  message: { id, content: [done(text)], usage: { input_tokens: 100, output_tokens: 1 }, ...more },
})
const claudeResult = (members: object) => ({
  type: 'result',
  subtype: 'success',
  is_error: false,
  result: 'Done.',
  session_id: 's-1',
  ...members,
})
const codexBegins = [{ type: 'thread.started', thread_id: 't-1' }, { type: 'turn.started' }]
const codexSays = (id: string) => ({
  type: 'item.completed',
  item: { id, type: 'agent_message', text: 'ok' },
})
const codexEnds = {
  type: 'turn.completed',
  usage: { input_tokens: 100, cached_input_tokens: 0, output_tokens: 10 },
}
const step = (reason: string, cost = 0.01) => ({
  type: 'step_finish',
  sessionID: 'ses_1',
  part: { reason, cost, tokens: { input: 100, output: 10 } },
})
const stepStart = { type: 'step_start', sessionID: 'ses_1', part: {} }
const kimiNotes = (event: object, agent = 'main') => ({
  type: 'gump.followed',
  path: `/h/.kimi-code/sessions/wd_a_0/session_1/agents/${agent}/wire.jsonl`,
  event,
})
const kimiTurn = kimiNotes({
  type: 'usage.record',
  usageScope: 'turn',
  usage: { inputOther: 100, output: 10 },
})
const kimiBegins = kimiNotes({ type: 'context.append_loop_event', event: { type: 'step.begin' } })
const kimiEnds = (reason: string, error?: object) => kimiNotes({ type: 'turn.ended', reason, error })
const kimiLimit = { code: 'provider.rate_limit', message: '429 slow down' }
const kimiHint = { role: 'meta', type: 'session.resume_hint', session_id: 'session_1' }
const openError = (name: string, data: object) => ({
  type: 'error',
  sessionID: 'ses_1',
  error: { name, data },
})
const failed = (cause: string, kind?: string) => ({
  status: 'failed',
  cause,
  ...(kind === undefined ? {} : { kind }),
})
const killed = { code: null, signal: 'SIGKILL' }
const normalized: AgentAdapter = { ...acp(), createParser: createNormalizedParser }
const final = { lastWord: 'final', background: 0 }

/** Every stream that is a situation of its own. */
export const streamSituations: readonly StreamSituation[] = [
  // What a subscription says about itself.
  {
    kind: 'quota',
    name: 'a rejection before the result, and no status in it',
    adapter: claude(),
    lines: [
      claudeInit,
      { type: 'rate_limit_event', rate_limit_info: { status: 'rejected', resetsAt: 1_796_000_000 } },
      claudeResult({ is_error: true, result: 'no' }),
    ],
    outcome: { ...failed('quota', 'quota'), retryAt: { epochMs: 1_796_000_000_000 } },
  },
  {
    kind: 'quota',
    name: 'a rejection that was lifted again is forgotten',
    adapter: claude(),
    lines: [
      claudeInit,
      { type: 'rate_limit_event', rate_limit_info: { status: 'rejected', resetsAt: 1_796_000_000 } },
      { type: 'rate_limit_event', rate_limit_info: { status: 'allowed_warning' } },
      claudeResult({ is_error: true, result: 'API Error: 500 no', api_error_status: 500 }),
    ],
    outcome: failed('error', 'server'),
  },
  {
    kind: 'quota',
    name: 'a rejection after which the model has answered is forgotten',
    adapter: claude(),
    lines: [
      claudeInit,
      { type: 'rate_limit_event', rate_limit_info: { status: 'rejected', resetsAt: 1_796_000_000 } },
      claudeSays('m1', 'On extra usage.'),
      claudeResult({}),
    ],
    outcome: { status: 'success' },
  },
  {
    kind: 'quota',
    name: 'allowances of an API key, with the status of a bad request',
    adapter: claude(),
    lines: [
      claudeInit,
      claudeResult({
        is_error: true,
        api_error_status: 400,
        api_error_type: 'invalid_request_error',
        result:
          'API Error: 400 You have reached your specified API usage limits. You will regain access on 2026-12-04 at 00:00 UTC.',
      }),
    ],
    outcome: { ...failed('quota', 'quota'), retryAt: { localTime: '2026-12-04T00:00', zone: 'UTC' } },
  },
  {
    kind: 'quota',
    name: 'of one model: others of the provider continue',
    adapter: claude(),
    lines: [
      claudeInit,
      claudeResult({ is_error: true, result: "You've hit your Opus limit · resets 3pm (UTC)" }),
    ],
    outcome: { ...failed('quota', 'quota'), limitOf: 'model' },
  },
  {
    kind: 'quota',
    name: 'a typed failure with a message that says nothing',
    adapter: codex(),
    lines: [
      ...codexBegins,
      { type: 'turn.failed', error: { message: 'no', codex_error_info: 'usage_limit_exceeded' } },
    ],
    outcome: failed('quota', 'quota'),
  },
  {
    kind: 'quota',
    name: 'the exit code of an HTTP status, and no result',
    adapter: gemini(),
    lines: [{ type: 'init', session_id: 's-1', model: 'g' }],
    exit: { code: 429 % 256 },
    outcome: failed('quota', 'quota'),
  },
  {
    kind: 'quota',
    name: 'an error, then silence until a guard of time',
    adapter: opencode(),
    lines: [stepStart, openError('APIError', { message: 'Monthly usage limit reached', statusCode: 429 })],
    exit: { ...killed, killedBy: 'guard' },
    outcome: failed('quota', 'quota'),
    standing: { lastWord: 'error', background: 0 },
  },
  {
    kind: 'quota',
    name: 'told on stderr only, then silence until a guard of time',
    adapter: cursor(),
    lines: [{ type: 'system', subtype: 'init', session_id: 'c-1', model: 'auto' }],
    exit: { ...killed, killedBy: 'guard', stderrTail: "Error: You've hit your usage limit" },
    outcome: failed('quota', 'quota'),
  },
  {
    kind: 'quota',
    name: 'of a program that speaks no protocol of its own',
    adapter: normalized,
    lines: [{ type: 'session', sessionId: 's' }],
    exit: { stderrTail: 'HTTP 429: rate limit exceeded, retry after 30 seconds' },
    outcome: { ...failed('quota', 'quota'), retryAt: { afterMs: 30_000 } },
  },
  {
    kind: 'overload',
    name: 'the model is at capacity',
    adapter: codex(),
    lines: [
      ...codexBegins,
      {
        type: 'turn.failed',
        error: { message: 'Selected model is at capacity. Please try a different model.' },
      },
    ],
    outcome: { ...failed('quota', 'overload'), limitOf: 'model' },
  },
  {
    kind: 'overload',
    name: 'a server that limits everybody',
    adapter: claude(),
    lines: [
      claudeInit,
      claudeResult({
        is_error: true,
        result: 'API Error: Server is temporarily limiting requests (not your usage limit)',
      }),
    ],
    outcome: failed('quota', 'overload'),
  },
  {
    kind: 'credit',
    name: 'an empty balance with the status of a wrong key',
    adapter: opencode(),
    lines: [stepStart, openError('APIError', { message: 'Insufficient balance.', statusCode: 401 })],
    outcome: failed('quota', 'credit'),
  },
  {
    kind: 'sign_in',
    name: 'a session of OAuth that could not be refreshed, without a status',
    adapter: claude(),
    lines: [
      claudeInit,
      {
        type: 'assistant',
        message: {
          id: 'x',
          model: '<synthetic>',
          content: [done('Failed to authenticate: OAuth session expired and could not be refreshed')],
        },
      },
      claudeResult({
        is_error: true,
        api_error_status: null,
        result: 'Failed to authenticate: OAuth session expired and could not be refreshed',
      }),
    ],
    outcome: failed('auth', 'sign_in'),
  },
  {
    kind: 'sign_in',
    name: 'told on stderr only, nothing on stdout',
    adapter: claude(),
    lines: [],
    exit: { stderrTail: 'Failed to authenticate. API Error: 401 OAuth token has expired. Please run /login' },
    outcome: failed('auth', 'sign_in'),
  },
  {
    kind: 'sign_in',
    name: 'an error of its connection',
    adapter: cursor(),
    lines: [{ type: 'system', subtype: 'init', session_id: 'c-1' }],
    exit: { stderrTail: 'ConnectError: [unauthenticated] Error' },
    outcome: failed('auth', 'sign_in'),
  },
  {
    kind: 'configuration',
    name: 'an option that is gone',
    adapter: codex(),
    lines: [],
    exit: { code: 2, stderrTail: "error: unexpected argument '--full-auto' found" },
    outcome: failed('configuration', 'configuration'),
  },
  {
    kind: 'configuration',
    name: 'a model that does not exist, told on stderr only',
    adapter: cursor(),
    lines: [{ type: 'system', subtype: 'init', session_id: 'c-1' }],
    exit: { stderrTail: 'Cannot use this model: gpt-99. Available models: auto' },
    outcome: failed('configuration', 'model'),
  },
  {
    kind: 'configuration',
    name: 'a folder that is not trusted',
    adapter: gemini(),
    lines: [],
    exit: { code: 55, stderrTail: 'Gemini CLI is not running in a trusted directory.' },
    outcome: failed('configuration', 'configuration'),
  },
  {
    kind: 'configuration',
    name: 'settings that cannot be read',
    adapter: opencode(),
    lines: [],
    exit: { stderrTail: 'Error: failed to parse config file opencode.json' },
    outcome: failed('configuration', 'configuration'),
  },
  // Programs that stay.
  ...[
    { adapter: claude(), lines: [claudeInit, claudeSays('m1', 'Done.'), claudeResult({})] },
    { adapter: codex(), lines: [...codexBegins, codexSays('i1'), codexEnds] },
    {
      adapter: gemini(),
      lines: [
        { type: 'init', session_id: 's-1' },
        { type: 'message', role: 'assistant', content: 'ok' },
        { type: 'result', status: 'success', stats: {} },
      ],
    },
    {
      adapter: qwen(),
      lines: [
        { type: 'system', subtype: 'init', session_id: 's-1' },
        { type: 'result', subtype: 'success', is_error: false, result: 'ok' },
      ],
    },
    {
      adapter: opencode(),
      lines: [stepStart, { type: 'text', sessionID: 'ses_1', part: { text: 'ok' } }, step('stop')],
    },
    {
      adapter: cursor(),
      lines: [{ type: 'result', subtype: 'success', is_error: false, result: 'ok', session_id: 'c-1' }],
    },
    {
      adapter: copilot(),
      lines: [
        { type: 'assistant.turn_start', data: {} },
        { type: 'assistant.message', data: { content: 'ok' } },
        { type: 'result', sessionId: 'x', exitCode: 0 },
      ],
    },
    {
      adapter: pi(),
      lines: [
        { type: 'session', id: 's' },
        { type: 'message_end', message: { role: 'assistant', content: [done('ok')], stopReason: 'stop' } },
        { type: 'agent_end' },
      ],
    },
    {
      adapter: kimi(),
      lines: [kimiTurn, { role: 'assistant', content: 'ok' }, kimiHint, kimiEnds('completed')],
    },
    { adapter: normalized, lines: [{ type: 'turn_started' }, { type: 'result', status: 'success' }] },
  ].map((said): StreamSituation => ({
    ...said,
    kind: 'hangs',
    name: 'a success, then silence',
    exit: { ...killed, killedBy: 'ended' },
    outcome: { status: 'success' },
    standing: final,
  })),
  ...[
    {
      adapter: claude(),
      lines: [claudeInit, claudeResult({ is_error: true, api_error_status: 429, result: 'no' })],
    },
    {
      adapter: codex(),
      lines: [...codexBegins, { type: 'turn.failed', error: { message: 'usage limit reached' } }],
    },
    {
      adapter: gemini(),
      lines: [
        { type: 'init', session_id: 's-1' },
        { type: 'result', status: 'error', error: { type: 'Error', message: 'Quota exceeded' } },
      ],
    },
    {
      adapter: copilot(),
      lines: [
        { type: 'session.error', data: { errorType: 'rate_limit', message: 'no' } },
        { type: 'result', sessionId: 'x', exitCode: 1 },
      ],
    },
    {
      adapter: pi(),
      lines: [
        {
          type: 'message_end',
          message: { role: 'assistant', stopReason: 'error', errorMessage: '429 slow down' },
        },
        { type: 'agent_end' },
      ],
    },
    { adapter: kimi(), lines: [kimiTurn, kimiEnds('failed', kimiLimit)] },
  ].map((said): StreamSituation => ({
    ...said,
    kind: 'hangs',
    name: 'a refused request, then silence until a guard of time',
    exit: { ...killed, killedBy: 'guard' },
    outcome: failed('quota', 'quota'),
    standing: final,
  })),
  {
    kind: 'hangs',
    name: 'a retry that it has announced is no last word',
    adapter: pi(),
    lines: [
      { type: 'message_end', message: { role: 'assistant', stopReason: 'error', errorMessage: '529' } },
      { type: 'agent_end' },
      { type: 'auto_retry_start', attempt: 1, delayMs: 60_000, errorMessage: '529' },
    ],
    exit: killed,
    outcome: failed('interrupted'),
    standing: { lastWord: 'none', background: 0 },
  },
  {
    kind: 'hangs',
    name: 'a retry that comes with the end of a failed call is no last word',
    adapter: pi(),
    lines: [
      { type: 'message_end', message: { role: 'assistant', stopReason: 'error', errorMessage: '529' } },
      { type: 'agent_end', willRetry: true },
    ],
    exit: killed,
    outcome: failed('interrupted'),
    standing: { lastWord: 'none', background: 0 },
  },
  {
    kind: 'hangs',
    name: 'in what it does after the end of the work, until a guard of time',
    adapter: pi(),
    lines: [
      { type: 'session', id: 's' },
      { type: 'message_end', message: { role: 'assistant', content: [done('ok')], stopReason: 'stop' } },
      { type: 'agent_end', willRetry: false },
    ],
    exit: { ...killed, killedBy: 'guard' },
    outcome: { status: 'success' },
  },
  {
    kind: 'hangs',
    name: 'the end of one part of the work is no last word where another one follows',
    adapter: pi(),
    lines: [
      { type: 'message_end', message: { role: 'assistant', content: [done('ok')], stopReason: 'stop' } },
      { type: 'agent_end', willRetry: false },
      { type: 'compaction_start', reason: 'threshold' },
    ],
    exit: killed,
    outcome: failed('interrupted'),
    standing: { lastWord: 'none', background: 0 },
  },
  {
    kind: 'background',
    name: 'two background agents: one ends, one is stopped',
    adapter: claude(),
    lines: [
      claudeInit,
      {
        type: 'system',
        subtype: 'task_started',
        task_id: 'a',
        tool_use_id: 't1',
        task_type: 'local_agent',
        is_backgrounded: true,
      },
      {
        type: 'system',
        subtype: 'task_started',
        task_id: 'b',
        tool_use_id: 't2',
        task_type: 'local_agent',
        is_backgrounded: true,
      },
      { type: 'system', subtype: 'task_notification', task_id: 'a', status: 'completed' },
      claudeResult({}),
    ],
    outcome: { status: 'success', warnings: ['1 background agent was stopped before it had finished'] },
    standing: { lastWord: 'final', background: 1 },
  },
  {
    kind: 'background',
    name: 'an agent in the foreground is over with its tool',
    adapter: claude(),
    lines: [
      claudeInit,
      { type: 'system', subtype: 'task_started', task_id: 'a', tool_use_id: 't1', task_type: 'local_agent' },
      {
        type: 'user',
        message: { content: [{ type: 'tool_result', tool_use_id: 't1', content: 'The report.' }] },
      },
      claudeResult({}),
    ],
    outcome: { status: 'success' },
    warns: false,
    standing: final,
  },
  {
    kind: 'background',
    name: 'a server that was left running is nobody who was stopped',
    adapter: claude(),
    lines: [
      claudeInit,
      {
        type: 'system',
        subtype: 'task_started',
        task_id: 'a',
        tool_use_id: 't1',
        task_type: 'local_bash',
        is_backgrounded: true,
      },
      claudeResult({}),
    ],
    outcome: { status: 'success' },
    warns: false,
    standing: { lastWord: 'final', background: 1 },
  },
  // No false success.
  {
    kind: 'refusal',
    name: 'stop_reason of the result',
    adapter: claude(),
    lines: [
      claudeInit,
      claudeSays('m1', 'no'),
      claudeResult({ stop_reason: 'refusal', result: 'I cannot.' }),
    ],
    exit: { code: 0 },
    outcome: { ...failed('error', 'refusal'), message: 'the model refused: I cannot.' },
  },
  {
    kind: 'refusal',
    name: 'stop_reason of the last message, and none in the result',
    adapter: claude(),
    lines: [claudeInit, claudeSays('m1', 'no', { stop_reason: 'refusal' }), claudeResult({})],
    exit: { code: 0 },
    outcome: failed('error', 'refusal'),
  },
  {
    kind: 'refusal',
    name: 'a refusal in the middle that the model recovered from is none',
    adapter: claude(),
    lines: [
      claudeInit,
      claudeSays('m1', 'no', { stop_reason: 'refusal' }),
      claudeSays('m2', 'Done.', { stop_reason: 'end_turn' }),
      claudeResult({}),
    ],
    exit: { code: 0 },
    outcome: { status: 'success' },
  },
  {
    kind: 'refusal',
    name: 'a content filter',
    adapter: opencode(),
    lines: [stepStart, step('content-filter')],
    exit: { code: 0 },
    outcome: { ...failed('error', 'refusal'), message: "the provider's content filter ended the turn" },
  },
  {
    kind: 'false_success',
    name: 'a full context told as a success',
    adapter: claude(),
    lines: [
      claudeInit,
      {
        type: 'assistant',
        message: { id: 'x', model: '<synthetic>', content: [done('Prompt is too long')] },
      },
      claudeResult({ result: 'Prompt is too long' }),
    ],
    exit: { code: 0 },
    outcome: failed('error', 'context'),
  },
  {
    kind: 'false_success',
    name: 'an answer that was cut off',
    adapter: claude(),
    lines: [
      claudeInit,
      claudeSays('m1', 'Half'),
      claudeResult({ stop_reason: 'max_tokens', result: 'Half' }),
    ],
    exit: { code: 0 },
    outcome: failed('limit', 'length'),
  },
  ...[
    {
      adapter: claude(),
      lines: [claudeInit, claudeSays('m1', 'a'), claudeResult({}), claudeSays('m2', 'b')],
    },
    { adapter: codex(), lines: [...codexBegins, codexSays('i1'), codexEnds, codexSays('i2')] },
    {
      adapter: gemini(),
      lines: [
        { type: 'init', session_id: 's' },
        { type: 'result', status: 'success', stats: {} },
        { type: 'message', role: 'assistant', content: 'more' },
      ],
    },
    {
      adapter: qwen(),
      lines: [
        { type: 'result', subtype: 'success', is_error: false },
        { type: 'assistant', message: { content: [done('more')] } },
      ],
    },
    { adapter: opencode(), lines: [stepStart, step('stop'), stepStart] },
    {
      adapter: cursor(),
      lines: [
        { type: 'result', subtype: 'success', is_error: false },
        { type: 'assistant', model_call_id: 'c', message: { content: [done('more')] } },
      ],
    },
    {
      adapter: copilot(),
      lines: [
        { type: 'result', sessionId: 'x', exitCode: 0 },
        { type: 'assistant.turn_start', data: {} },
      ],
    },
    {
      adapter: pi(),
      lines: [
        { type: 'message_end', message: { role: 'assistant', stopReason: 'stop' } },
        { type: 'agent_end' },
        { type: 'agent_start' },
      ],
    },
    { adapter: kimi(), lines: [kimiTurn, kimiHint, kimiEnds('completed'), kimiBegins] },
    { adapter: normalized, lines: [{ type: 'result', status: 'success' }, { type: 'turn_started' }] },
  ].map((said): StreamSituation => ({
    ...said,
    kind: 'false_success',
    name: 'a new turn after the result, and no end of it',
    exit: { code: 0 },
    outcome: failed('no_result'),
  })),
  ...[
    { adapter: claude(), lines: [claudeInit, claudeResult({ result: '' })] },
    { adapter: codex(), lines: [...codexBegins, codexEnds] },
    {
      adapter: gemini(),
      lines: [
        { type: 'init', session_id: 's-1' },
        { type: 'result', status: 'success', stats: {} },
      ],
    },
    {
      adapter: qwen(),
      lines: [
        { type: 'system', subtype: 'init', session_id: 's-1' },
        { type: 'result', subtype: 'success', is_error: false, result: '' },
      ],
    },
    { adapter: opencode(), lines: [stepStart, step('stop')] },
    {
      adapter: cursor(),
      lines: [{ type: 'result', subtype: 'success', is_error: false, result: '', session_id: 'c-1' }],
    },
    {
      adapter: copilot(),
      lines: [
        { type: 'assistant.turn_start', data: {} },
        { type: 'result', sessionId: 'x', exitCode: 0 },
      ],
    },
    {
      adapter: pi(),
      lines: [
        { type: 'session', id: 's' },
        { type: 'message_end', message: { role: 'assistant', content: [], stopReason: 'stop' } },
        { type: 'agent_end' },
      ],
    },
    {
      adapter: kimi(),
      lines: [
        { role: 'meta', type: 'system.version', version: '2.1.0' },
        kimiTurn,
        kimiHint,
        kimiEnds('completed'),
      ],
    },
  ].map((said): StreamSituation => ({
    ...said,
    kind: 'false_success',
    name: 'an end without a word and without a tool',
    exit: { code: 0 },
    outcome: failed('no_result'),
  })),
  {
    kind: 'context',
    name: 'the provider says how long it is',
    adapter: codex(),
    lines: [
      ...codexBegins,
      {
        type: 'turn.failed',
        error: { message: "Codex ran out of room in the model's context window. Start a new thread." },
      },
    ],
    outcome: failed('error', 'context'),
  },
  {
    kind: 'context',
    name: 'an error of that name',
    adapter: opencode(),
    lines: [stepStart, openError('ContextOverflowError', { message: 'no' })],
    outcome: failed('error', 'context'),
    standing: { lastWord: 'none', background: 0 },
  },
  ...(
    [
      [claude(), 'No conversation found with session ID: s-1'],
      [codex(), 'Error: thread/resume failed: no rollout found for thread id t-1'],
      [gemini(), 'Error resuming session: Invalid session identifier "s-1"'],
      [qwen(), 'No saved session found with ID s-1'],
      [opencode(), 'Error: Session not found'],
      [copilot(), 'Error: No session, task, or name matched "s-1"'],
      [pi(), 'No session found matching "s-1"'],
      [kimi(), 'error: failed to run prompt: Session "session_1" not found.'],
      [kimi(), 'error: failed to run prompt: Session "session_1" was created under a different directory.'],
      [
        pi(),
        'Session found in different project: /a\nFork this session into current directory? [y/N] Aborted.',
      ],
    ] as const
  ).map(([adapter, stderrTail]): StreamSituation => ({
    kind: 'dead_session',
    name: 'the session is not known, told on stderr only',
    adapter,
    lines: [],
    exit: { stderrTail },
    outcome: { ...failed('error'), sessionRefused: true },
  })),
  {
    kind: 'recovered',
    name: 'an error, then a smaller session, then an end; the exit code tells of the error',
    adapter: opencode(),
    lines: [
      stepStart,
      openError('ContextOverflowError', { message: 'Request too large' }),
      stepStart,
      step('stop'),
    ],
    exit: { code: 1 },
    outcome: { status: 'success', turns: 2 },
  },
  {
    kind: 'recovered',
    name: 'a limit of one model, then a turn on another',
    adapter: copilot(),
    lines: [
      {
        type: 'session.error',
        data: { errorType: 'rate_limit', message: 'switching to auto', statusCode: 429 },
      },
      { type: 'assistant.turn_start', data: {} },
      { type: 'result', sessionId: 'x', exitCode: 0 },
    ],
    exit: { code: 0 },
    outcome: { status: 'success' },
  },
  {
    kind: 'recovered',
    name: 'a turn that failed, then one that a task in the background began',
    adapter: kimi(),
    lines: [
      kimiTurn,
      kimiEnds('failed', kimiLimit),
      kimiBegins,
      { role: 'assistant', content: 'ok' },
      kimiHint,
      kimiEnds('completed'),
    ],
    exit: { code: 0 },
    outcome: { status: 'success' },
  },
  {
    kind: 'recovered',
    name: 'an error that a new turn follows',
    adapter: codex(),
    lines: [
      ...codexBegins,
      { type: 'error', message: 'usage limit' },
      { type: 'turn.started' },
      codexSays('i1'),
      codexEnds,
    ],
    exit: { code: 0 },
    outcome: { status: 'success' },
  },
  // Money.
  {
    kind: 'counters',
    name: 'two results of one process: usage is of each, the cost continues',
    adapter: claude(),
    lines: [
      claudeInit,
      claudeResult({ total_cost_usd: 0.25, usage: { input_tokens: 100, output_tokens: 10 } }),
      claudeResult({ total_cost_usd: 0.28, usage: { input_tokens: 50, output_tokens: 5 } }),
    ],
    outcome: { costUsd: { value: 0.28 }, usage: { tokens: { input: 150, output: 15 } } },
    tokens: [150, 15],
  },
  {
    kind: 'counters',
    name: 'a version whose counters begin with every process',
    adapter: claude(),
    lines: [
      { ...claudeInit, claude_code_version: '2.1.221' },
      claudeResult({
        total_cost_usd: 0.5,
        modelUsage: { m: { inputTokens: 5, outputTokens: 1, costUSD: 0.5 } },
      }),
    ],
    outcome: { costUsd: { value: 0.5, scope: 'launch' }, usage: { scope: 'launch' } },
  },
  {
    kind: 'counters',
    name: 'a version whose counters continue with the session',
    adapter: claude(),
    lines: [
      { ...claudeInit, claude_code_version: '2.1.277' },
      claudeResult({
        total_cost_usd: 0.5,
        modelUsage: { m: { inputTokens: 5, outputTokens: 1, costUSD: 0.5 } },
      }),
    ],
    outcome: { costUsd: { value: 0.5, scope: 'session' }, usage: { scope: 'session' } },
  },
  {
    kind: 'counters',
    name: 'two sub-agents that speak at once, and a process that was killed',
    adapter: claude(),
    lines: [
      claudeInit,
      ...[
        ['a', 't1', 100],
        ['b', 't2', 200],
      ].map(([id, parent, input]) => ({
        type: 'stream_event',
        parent_tool_use_id: parent,
        event: { type: 'message_start', message: { id, usage: { input_tokens: input, output_tokens: 1 } } },
      })),
      {
        type: 'stream_event',
        parent_tool_use_id: 't1',
        event: { type: 'message_delta', usage: { input_tokens: 100, output_tokens: 500 } },
      },
      {
        type: 'stream_event',
        parent_tool_use_id: 't2',
        event: { type: 'message_delta', usage: { input_tokens: 200, output_tokens: 300 } },
      },
    ],
    exit: killed,
    outcome: failed('interrupted'),
    tokens: [300, 800],
  },
  {
    kind: 'sub_agents',
    name: 'a task tool',
    adapter: opencode(),
    lines: [
      stepStart,
      {
        type: 'tool_use',
        sessionID: 'ses_1',
        part: { callID: 'c', tool: 'task', state: { status: 'completed' } },
      },
      step('tool-calls'),
      stepStart,
      step('stop'),
    ],
    exit: { code: 0 },
    outcome: { status: 'success', partial: true },
  },
  {
    kind: 'sub_agents',
    name: 'agents that work together',
    adapter: codex(),
    lines: [
      ...codexBegins,
      {
        type: 'item.completed',
        item: { id: 'i', type: 'collab_tool_call', tool: 'spawn_agent', status: 'completed' },
      },
      codexSays('i2'),
      codexEnds,
    ],
    exit: { code: 0 },
    outcome: { status: 'success', partial: true, turns: 2 },
  },
  {
    kind: 'sub_agents',
    name: 'notes of a sub-agent, of the session and of another session',
    adapter: codex(),
    lines: [
      ...codexBegins,
      ...[
        ['t-1', 't-1'],
        ['t-2', 't-1'],
        ['t-9', 't-9'],
      ].map(([thread_id, session_id]) => ({
        type: 'gump.followed',
        path: '/x',
        event: {
          type: 'token_usage_record',
          payload: { thread_id, session_id, usage: codexEnds.usage, thread_token_usage: codexEnds.usage },
        },
      })),
      codexSays('i1'),
      codexEnds,
    ],
    exit: { code: 0 },
    outcome: { status: 'success', usage: { scope: 'launch' } },
    tokens: [200, 20],
  },
  {
    kind: 'counters',
    name: 'notes that lack a part are worth less than what the end of the turn says',
    adapter: codex(),
    lines: [
      ...codexBegins,
      {
        type: 'gump.followed',
        path: '/x',
        event: {
          type: 'token_usage_record',
          payload: {
            thread_id: 't-1',
            session_id: 't-1',
            usage: { input_tokens: 40, output_tokens: 4 },
            thread_token_usage: { input_tokens: 40, output_tokens: 4 },
          },
        },
      },
      codexSays('i1'),
      codexEnds,
    ],
    exit: { code: 0 },
    outcome: { status: 'success', usage: { scope: 'session' } },
    tokens: [100, 10],
  },
  {
    kind: 'sub_agents',
    name: 'a task tool of its own',
    adapter: cursor(),
    lines: [
      {
        type: 'tool_call',
        subtype: 'started',
        call_id: 'c',
        model_call_id: 'm',
        tool_call: { taskToolCall: { args: {} } },
      },
      {
        type: 'result',
        subtype: 'success',
        is_error: false,
        result: 'ok',
        usage: { inputTokens: 1, outputTokens: 1 },
      },
    ],
    exit: { code: 0 },
    outcome: { status: 'success', partial: true },
  },
  {
    kind: 'sub_agents',
    name: 'a sub-agent whose tokens are not in the notes of the session',
    adapter: copilot(),
    lines: [
      { type: 'assistant.turn_start', data: {} },
      { type: 'subagent.started', data: { toolCallId: 't', agentName: 'task' } },
      { type: 'assistant.message', data: { content: 'ok' } },
      { type: 'result', sessionId: 'x', exitCode: 0 },
    ],
    outcome: { status: 'success', partial: true },
  },
  {
    kind: 'sub_agents',
    name: 'a sub-agent that speaks in the stream, and a process that was killed',
    adapter: qwen(),
    lines: [null, 't'].map((parent) => ({
      type: 'assistant',
      parent_tool_use_id: parent,
      message: { content: [done('hm')], usage: { input_tokens: 100, output_tokens: 10 } },
    })),
    exit: killed,
    outcome: failed('interrupted'),
    tokens: [200, 20],
  },
  {
    kind: 'sub_agents',
    name: 'the cost of a session, beside which more may have been used',
    adapter: acp().withArgument?.('x') ?? acp(),
    lines: [{ type: 'result', status: 'success', costUsd: { value: 0.25, scope: 'session' } }],
    outcome: { status: 'success', partial: true },
  },
  {
    kind: 'messages',
    name: 'a budget of tokens of its own',
    adapter: codex(),
    lines: [
      ...codexBegins,
      { type: 'turn.failed', error: { message: 'shared rollout token budget exhausted' } },
    ],
    outcome: { ...failed('limit', 'budget'), message: 'shared rollout token budget exhausted' },
  },
  {
    kind: 'messages',
    name: 'a result without a subtype',
    adapter: claude(),
    lines: [claudeInit, { type: 'result', is_error: false, result: 'ok' }],
    outcome: {
      ...failed('no_result'),
      message: 'the result has no subtype, and so does not tell whether it is a success; it says: ok',
    },
  },
  {
    kind: 'messages',
    name: 'a result without a subtype, either',
    adapter: cursor(),
    lines: [{ type: 'result', result: 'ok' }],
    outcome: {
      ...failed('no_result'),
      message: 'the result does not tell whether it is a success; it says: ok',
    },
  },
  {
    kind: 'messages',
    name: 'an end that the provider does not explain',
    adapter: opencode(),
    lines: [stepStart, step('unknown')],
    exit: { code: 0 },
    outcome: { ...failed('error'), message: 'the provider ended the turn without saying why' },
  },
  {
    kind: 'messages',
    name: 'a message that is JSON within JSON',
    adapter: gemini(),
    lines: [
      { type: 'init', session_id: 's' },
      {
        type: 'result',
        status: 'error',
        error: {
          type: 'Error',
          message:
            '[API Error: {"error":{"message":"{\\"error\\":{\\"code\\":503,\\"message\\":\\"The model is overloaded.\\"}}","code":503}}]',
        },
      },
    ],
    outcome: { ...failed('quota', 'overload'), message: 'The model is overloaded.' },
  },
  {
    kind: 'odd_output',
    name: 'a success, and an exit code that says something else',
    adapter: claude(),
    lines: [claudeInit, claudeSays('m1', 'Done.'), claudeResult({})],
    exit: { code: 1 },
    outcome: { status: 'success' },
  },
]
