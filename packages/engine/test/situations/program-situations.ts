import type { NewEvent } from '@gump/ledger'
import type { Kind } from './kinds.js'

/** A program on PATH in place of an agent's, and the expected end of a run with it. */
export interface ProgramSituation {
  readonly kind: Kind
  readonly name: string
  readonly agent: string
  /** What it is called, where that is not the agent's name. */
  readonly command?: string
  /** Bash. `$N` counts its launches; `$RESUMED` is set where it is to continue a session. */
  readonly program: string
  /** Attempts, gates and guards of the step; by default one attempt without a gate. */
  readonly step?: string
  /** How the run ends; `parked`: it waits for a provider, and is then stopped. */
  /** How long it may be silent after its last word. */
  readonly silenceMs?: number
  readonly ends: 'passed' | 'failed' | 'parked'
  readonly launches: number
  readonly attempts?: number
  /** Events of the run, among others, in this order. */
  readonly events?: readonly ({ readonly type: NewEvent['type'] } & Readonly<Record<string, unknown>>)[]
  /** Usage of the whole run. */
  readonly usage?: object
  readonly warning?: RegExp
}

const json = (value: object): string => `echo '${JSON.stringify(value).replaceAll("'", String.raw`'\''`)}'`
const claudeInit = (version = '2.1.329'): string =>
  json({
    type: 'system',
    subtype: 'init',
    session_id: 's-1',
    model: 'claude-sonnet-4-5',
    claude_code_version: version,
  })
const claudeSays = (text: string, input = 1000): string =>
  `echo '{"type":"assistant","message":{"id":"m'$RANDOM'","content":[{"type":"text","text":"${text}"}],"usage":{"input_tokens":${input},"output_tokens":10}}}'`
const claudeResult = (cost: number, input = 1000, more: object = {}, output = 10): string =>
  json({
    type: 'result',
    subtype: 'success',
    is_error: false,
    result: 'Done.',
    session_id: 's-1',
    total_cost_usd: cost,
    modelUsage: {
      m: {
        inputTokens: input,
        outputTokens: output,
        cacheReadInputTokens: 0,
        cacheCreationInputTokens: 0,
        costUSD: cost,
      },
    },
    ...more,
  })
const made = 'echo hi > made.txt'
const hang = 'exec sleep 600'
const gated = 'gate: [{bash: test -f made.txt}]'
const thrice = `${gated}, retry: [{exit: 3}]`
const limit = (text: string, more: object = {}): string =>
  [
    claudeInit(),
    claudeResult(0, 0, { is_error: true, result: text, modelUsage: {}, ...more }),
    'exit 1',
  ].join('\n')

/** Every program that is a situation of its own. */
export const programSituations: readonly ProgramSituation[] = [
  {
    kind: 'hangs',
    name: 'after its result',
    agent: 'claude',
    program: [claudeInit(), claudeSays('Done.'), made, claudeResult(5.5), hang].join('\n'),
    step: thrice,
    ends: 'passed',
    launches: 1,
    usage: { cost_usd: 5.5 },
    warning: /did not exit after its last word, which counts; ended after \S+ of silence/u,
  },
  {
    kind: 'hangs',
    name: 'after its result, until a guard of time trips',
    agent: 'claude',
    program: [claudeInit(), claudeSays('Done.'), made, claudeResult(5.5), hang].join('\n'),
    step: `${thrice}, guard: {max_idle: 2s}`,
    silenceMs: 600_000,
    ends: 'passed',
    launches: 1,
    warning: /did not exit after its last word, which counts; ended by max_idle/u,
  },
  {
    kind: 'hangs',
    name: 'after its turn, with a child that lives on',
    agent: 'codex',
    program: [
      json({ type: 'thread.started', thread_id: 't-1' }),
      json({ type: 'turn.started' }),
      json({ type: 'item.completed', item: { id: 'i1', type: 'agent_message', text: 'Done.' } }),
      made,
      json({
        type: 'turn.completed',
        usage: { input_tokens: 1000, cached_input_tokens: 0, output_tokens: 10 },
      }),
      'sleep 600 & wait',
    ].join('\n'),
    step: gated,
    ends: 'passed',
    launches: 1,
  },
  {
    kind: 'hangs',
    name: 'after an error that may not be its end',
    agent: 'opencode',
    program: [
      json({ type: 'step_start', sessionID: 'ses_1', part: {} }),
      json({
        type: 'error',
        sessionID: 'ses_1',
        error: { name: 'APIError', data: { message: 'Monthly usage limit reached', statusCode: 429 } },
      }),
      hang,
    ].join('\n'),
    step: `${thrice}, guard: {max_idle: 3s}`,
    ends: 'parked',
    launches: 1,
    events: [
      { type: 'agent_failed', cause: 'quota', message: 'Monthly usage limit reached' },
      { type: 'agent_parked', reason: 'Monthly usage limit reached' },
    ],
  },
  {
    kind: 'quota',
    name: 'a time on the clock of another place, and no status',
    agent: 'claude',
    program: limit('You have hit your session limit · resets 4:10am (America/Sao_Paulo)'),
    step: thrice,
    ends: 'parked',
    launches: 1,
    attempts: 1,
    events: [{ type: 'agent_failed', cause: 'quota', kind: 'quota' }, { type: 'agent_parked' }],
  },
  {
    kind: 'quota',
    name: 'told on stderr only',
    agent: 'cursor',
    command: 'cursor-agent',
    program: [
      json({ type: 'system', subtype: 'init', session_id: 'c-1', model: 'Auto' }),
      `printf "Error: You've hit your usage limit\\n  Get Cursor Pro for more Agent usage.\\n" >&2`,
      'exit 1',
    ].join('\n'),
    step: thrice,
    ends: 'parked',
    launches: 1,
    attempts: 1,
    events: [{ type: 'agent_failed', cause: 'quota' }],
  },
  {
    kind: 'overload',
    name: 'the model is at capacity',
    agent: 'codex',
    program: [
      json({ type: 'thread.started', thread_id: 't-1' }),
      json({
        type: 'turn.failed',
        error: { message: 'Selected model is at capacity. Please try a different model.' },
      }),
      'exit 1',
    ].join('\n'),
    step: thrice,
    ends: 'parked',
    launches: 1,
    attempts: 1,
    events: [{ type: 'agent_failed', cause: 'quota', kind: 'overload', limit_of: 'model' }],
  },
  ...(
    [
      ['a refused connection', 'API Error: Unable to connect to API (ECONNREFUSED)'],
      ['a connection that was reset', 'API Error: Connection error. (read ECONNRESET)'],
      ['a name that nobody knows', 'API Error: getaddrinfo ENOTFOUND api.anthropic.com'],
      ['a certificate that nobody trusts', 'API Error: self-signed certificate in certificate chain'],
      ['an answer that comes too late', 'API Error: Request timed out.'],
    ] as const
  ).map(([name, text]): ProgramSituation => ({
    kind: 'network',
    name,
    agent: 'claude',
    program: limit(text),
    step: thrice,
    ends: 'parked',
    launches: 1,
    attempts: 1,
    events: [{ type: 'agent_failed', cause: 'error', kind: 'network' }, { type: 'agent_parked' }],
  })),
  {
    kind: 'network',
    name: 'the program waits for the network and never gives up',
    agent: 'codex',
    program: [
      json({ type: 'thread.started', thread_id: 't-1' }),
      json({ type: 'turn.started' }),
      json({
        type: 'error',
        message: 'Reconnecting... waiting for network (Connection failed: error sending request)',
      }),
      hang,
    ].join('\n'),
    step: thrice,
    ends: 'parked',
    launches: 1,
    attempts: 1,
    events: [{ type: 'agent_failed', kind: 'network' }, { type: 'agent_parked' }],
  },
  {
    kind: 'network',
    name: 'the stream breaks off',
    agent: 'codex',
    program: [
      json({ type: 'thread.started', thread_id: 't-1' }),
      json({
        type: 'turn.failed',
        error: {
          message:
            'stream disconnected before completion: error sending request for url (https://api.openai.com/v1/responses)',
        },
      }),
      'exit 1',
    ].join('\n'),
    step: thrice,
    ends: 'parked',
    launches: 1,
    attempts: 1,
    events: [{ type: 'agent_failed', kind: 'network' }, { type: 'agent_parked' }],
  },
  {
    kind: 'sign_in',
    name: 'told on stderr only',
    agent: 'claude',
    program:
      'echo "Failed to authenticate. API Error: 401 OAuth token has expired. Please run /login" >&2; exit 1',
    step: thrice,
    ends: 'failed',
    launches: 1,
    attempts: 1,
    events: [{ type: 'circuit_breaker', remedy: 'run claude and /login, or set ANTHROPIC_API_KEY' }],
  },
  {
    kind: 'configuration',
    name: 'an option that is gone',
    agent: 'codex',
    program: `echo "error: unexpected argument '--json' found" >&2; exit 2`,
    step: thrice,
    ends: 'failed',
    launches: 1,
    attempts: 1,
    events: [{ type: 'agent_failed', cause: 'configuration' }, { type: 'circuit_breaker' }],
  },
  {
    kind: 'context',
    name: 'a session that is full',
    agent: 'claude',
    program: [
      claudeInit(),
      `if [ -n "$RESUMED" ]; then ${claudeResult(0, 0, { is_error: true, api_error_status: 400, result: 'Prompt is too long', modelUsage: {} })}; exit 1; fi`,
      `[ $N -gt 1 ] && ${made}`,
      claudeSays('I read everything.', 1000),
      claudeResult(0.6),
    ].join('\n'),
    step: `${gated}, retry: [{exit: 5}]`,
    ends: 'passed',
    launches: 3,
    attempts: 2,
    usage: { cost_usd: 1.2 },
    warning: /the session does not fit into the model's context any more; starting a new one/u,
  },
  {
    kind: 'dead_session',
    name: 'an unknown session, told on stderr only',
    agent: 'claude',
    program: [
      'if [ -n "$RESUMED" ]; then echo "No conversation found with session ID: s-1" >&2; exit 1; fi',
      claudeInit(),
      `[ $N -gt 1 ] && ${made}`,
      claudeSays('…'),
      claudeResult(0.02),
    ].join('\n'),
    step: thrice,
    ends: 'passed',
    launches: 3,
    attempts: 2,
    warning: /the provider does not know the session any more; starting a new one/u,
  },
  {
    kind: 'refusal',
    name: 'exit 0, no error, and stop_reason refusal; the session is not continued',
    agent: 'claude',
    program: [
      claudeInit(),
      `if [ $N -gt 1 ] && [ -z "$RESUMED" ]; then ${made}; ${claudeSays('Done.')}; ${claudeResult(0.01)}; exit 0; fi`,
      claudeSays('no'),
      claudeResult(0.01, 1000, { stop_reason: 'refusal' }),
    ].join('\n'),
    step: 'retry: [{exit: 2}]',
    ends: 'passed',
    launches: 2,
    attempts: 2,
    events: [{ type: 'agent_failed', cause: 'error', kind: 'refusal' }],
  },
  {
    kind: 'false_success',
    name: 'a protocol end without a single update',
    agent: '"acp:fake-acp"',
    command: 'fake-acp',
    program: `exec node -e '
let buf = ""
const out = (o) => process.stdout.write(JSON.stringify({ jsonrpc: "2.0", ...o }) + "\\n")
process.stdin.on("data", (d) => { buf += d; let i; while ((i = buf.indexOf("\\n")) >= 0) { const m = JSON.parse(buf.slice(0, i)); buf = buf.slice(i + 1)
  if (m.method === "initialize") out({ id: m.id, result: { protocolVersion: 1, agentCapabilities: {} } })
  if (m.method === "session/new") out({ id: m.id, result: { sessionId: "a-1" } })
  if (m.method === "session/prompt") out({ id: m.id, result: { stopReason: "end_turn" } }) } })'`,
    ends: 'failed',
    launches: 1,
    events: [{ type: 'agent_failed', cause: 'no_result' }],
  },
  {
    kind: 'background',
    name: 'a background agent that the end has stopped',
    agent: 'claude',
    program: [
      claudeInit(),
      claudeSays('I will wait.'),
      json({
        type: 'system',
        subtype: 'task_started',
        task_id: 'a1',
        tool_use_id: 't1',
        task_type: 'local_agent',
        is_backgrounded: true,
      }),
      claudeResult(0.02),
      json({ type: 'system', subtype: 'task_notification', task_id: 'a1', status: 'stopped' }),
    ].join('\n'),
    ends: 'passed',
    launches: 1,
    warning: /1 background agent was stopped before it had finished/u,
  },
  {
    kind: 'background',
    name: 'work in the background that ends while it is silent',
    agent: 'claude',
    program: [
      claudeInit(),
      claudeSays('I will wait.'),
      json({
        type: 'system',
        subtype: 'task_started',
        task_id: 'a1',
        tool_use_id: 't1',
        task_type: 'local_agent',
        is_backgrounded: true,
      }),
      claudeResult(0.02),
      'sleep 1',
      made,
      json({ type: 'system', subtype: 'task_notification', task_id: 'a1', status: 'completed' }),
      claudeSays('The agent is done.'),
      claudeResult(0.05, 2000),
    ].join('\n'),
    step: gated,
    ends: 'passed',
    launches: 1,
    usage: { cost_usd: 0.05 },
  },
  {
    kind: 'silent_tool',
    name: 'a build that says nothing for longer than the agent may be silent',
    agent: 'claude',
    program: [
      claudeInit(),
      json({
        type: 'assistant',
        message: {
          id: 'm1',
          content: [{ type: 'tool_use', id: 't1', name: 'Bash', input: { command: 'make' } }],
        },
      }),
      'sleep 4',
      made,
      json({
        type: 'user',
        message: { content: [{ type: 'tool_result', tool_use_id: 't1', content: 'built' }] },
      }),
      claudeResult(0.02),
    ].join('\n'),
    step: `${gated}, guard: {max_idle: 2s}`,
    ends: 'passed',
    launches: 1,
  },
  {
    kind: 'silent_tool',
    name: 'a tool that waits for a password',
    agent: 'claude',
    program: [
      claudeInit(),
      json({
        type: 'assistant',
        message: {
          id: 'm1',
          content: [{ type: 'tool_use', id: 't1', name: 'Bash', input: { command: 'sudo x' } }],
        },
      }),
      hang,
    ].join('\n'),
    step: 'guard: {max_idle: 10m, max_tool_time: 300ms}',
    ends: 'failed',
    launches: 1,
    events: [{ type: 'guard_triggered', guard: 'max_tool_time' }],
  },
  {
    kind: 'recovered',
    name: 'an error, then a smaller session, then an end with exit code 1',
    agent: 'opencode',
    program: [
      json({ type: 'step_start', sessionID: 'ses_1', part: {} }),
      json({
        type: 'error',
        sessionID: 'ses_1',
        error: { name: 'ContextOverflowError', data: { message: 'Request too large' } },
      }),
      json({ type: 'step_start', sessionID: 'ses_1', part: {} }),
      made,
      json({
        type: 'step_finish',
        sessionID: 'ses_1',
        part: { reason: 'stop', cost: 0.02, tokens: { input: 1000, output: 10 } },
      }),
      'exit 1',
    ].join('\n'),
    step: thrice,
    ends: 'passed',
    launches: 1,
    usage: { cost_usd: 0.02 },
  },
  {
    kind: 'counters',
    name: 'counters that start over with every process',
    agent: 'claude',
    program: [
      claudeInit('2.1.221'),
      `if [ -z "$RESUMED" ]; then ${claudeSays('…', 1000)}; ${claudeResult(0.1, 1000)}; else ${made}; ${claudeSays('…', 5000)}; ${claudeResult(0.5, 5000)}; fi`,
    ].join('\n'),
    step: thrice,
    ends: 'passed',
    launches: 2,
    usage: { cost_usd: 0.6, tokens: { input: 6000, output: 20, cache_read: 0, cache_write: 0 } },
  },
  {
    kind: 'counters',
    name: 'the same in a version that is not known to: what was seen meanwhile tells',
    agent: 'claude',
    program: [
      json({ type: 'system', subtype: 'init', session_id: 's-1' }),
      `if [ -z "$RESUMED" ]; then ${claudeSays('…', 1000)}; ${claudeResult(0.1, 1000)}; else ${made}; ${claudeSays('…', 5000)}; ${claudeResult(0.5, 5000)}; fi`,
    ].join('\n'),
    step: thrice,
    ends: 'passed',
    launches: 2,
    usage: { cost_usd: 0.6 },
  },
  {
    kind: 'counters',
    name: 'counters that continue with the session',
    agent: 'claude',
    program: [
      claudeInit('2.1.329'),
      `if [ -z "$RESUMED" ]; then ${claudeSays('…', 1000)}; ${claudeResult(0.1, 1000)}; else ${made}; ${claudeSays('…', 5000)}; ${claudeResult(0.6, 6000, {}, 20)}; fi`,
    ].join('\n'),
    step: thrice,
    ends: 'passed',
    launches: 2,
    usage: { cost_usd: 0.6, tokens: { input: 6000, output: 20, cache_read: 0, cache_write: 0 } },
  },
  {
    kind: 'counters',
    name: 'a budget of the step that two attempts have crossed together',
    agent: 'claude',
    program: [
      claudeInit('2.1.221'),
      `if [ -z "$RESUMED" ]; then ${claudeSays('…', 1000)}; ${claudeResult(0.1, 1000)}; else ${made}; ${claudeSays('…', 5000)}; ${claudeResult(0.5, 5000)}; fi`,
    ].join('\n'),
    step: `${thrice}, guard: {max_budget: 0.55}`,
    ends: 'failed',
    launches: 2,
    events: [{ type: 'guard_triggered', guard: 'max_budget' }],
    usage: { cost_usd: 0.6 },
  },
  {
    kind: 'sub_agents',
    name: 'a task tool',
    agent: 'opencode',
    program: [
      json({ type: 'step_start', sessionID: 'ses_1', part: {} }),
      json({
        type: 'tool_use',
        sessionID: 'ses_1',
        part: { callID: 'c1', tool: 'task', state: { status: 'completed', input: {}, output: 'report' } },
      }),
      json({
        type: 'step_finish',
        sessionID: 'ses_1',
        part: { reason: 'tool-calls', cost: 0.01, tokens: { input: 500, output: 10 } },
      }),
      json({ type: 'step_start', sessionID: 'ses_1', part: {} }),
      json({
        type: 'step_finish',
        sessionID: 'ses_1',
        part: { reason: 'stop', cost: 0.02, tokens: { input: 1000, output: 10 } },
      }),
    ].join('\n'),
    ends: 'passed',
    launches: 1,
    usage: { cost_usd: 0.03, at_least: true },
  },
  {
    kind: 'sub_agents',
    name: 'a launch that was cut off',
    agent: 'claude',
    program: [claudeInit(), claudeSays('Half', 1000), 'kill -9 $$'].join('\n'),
    ends: 'failed',
    launches: 1,
    usage: { at_least: true },
  },
  {
    kind: 'odd_output',
    name: 'a line of 5 MB, broken UTF-8, a question on the terminal, and exit code 1',
    agent: 'claude',
    program: [
      claudeInit(),
      String.raw`printf '{"type":"user","message":{"content":[{"type":"tool_result","tool_use_id":"t","content":"'; head -c 5000000 /dev/zero | tr '\0' x; printf '"}]}}\n'`,
      String.raw`printf '{"type":"assistant","message":{"id":"m1","content":[{"type":"text","text":"a\xff\xfe\xc3 b"}]}}\n'`,
      '( read -t 1 -p "Allow? [y/N] " x < /dev/tty ) 2>/dev/null',
      'read -t 1 y',
      made,
      claudeResult(0.02),
      'exit 1',
    ].join('\n'),
    step: gated,
    ends: 'passed',
    launches: 1,
  },
  {
    kind: 'odd_output',
    name: 'signs of life from a tool that says nothing else',
    agent: 'claude',
    program: [
      claudeInit(),
      `for i in $(seq 20); do sleep 0.2; ${json({ type: 'tool_progress', tool_use_id: 't', tool_name: 'Bash' })}; done`,
      made,
      claudeResult(0.02),
    ].join('\n'),
    step: `${gated}, guard: {max_idle: 2500ms}`,
    ends: 'passed',
    launches: 1,
  },
]
