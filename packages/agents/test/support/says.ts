import {
  claude,
  codex,
  copilot,
  cursor,
  gemini,
  opencode,
  pi,
  qwen,
  type AgentAdapter,
  type AgentOutcome,
} from '@gump/agents'

/** How a program tells that it was refused: what it prints, given what the provider or it has to say. */
interface Voice {
  readonly adapter: AgentAdapter
  readonly lines: (text: string) => readonly object[]
}

/** Every program of the built-in adapters, each with an error that has no field of its own for its cause. */
export const VOICES: Readonly<Record<string, Voice>> = {
  claude: {
    adapter: claude(),
    lines: (text) => [
      { type: 'system', subtype: 'init', session_id: 's-1' },
      { type: 'assistant', message: { id: 'm', model: '<synthetic>', content: [{ type: 'text', text }] } },
      {
        type: 'result',
        subtype: 'success',
        is_error: true,
        result: text,
        session_id: 's-1',
        total_cost_usd: 0,
      },
    ],
  },
  codex: {
    adapter: codex(),
    lines: (text) => [
      { type: 'thread.started', thread_id: 't-1' },
      { type: 'turn.started' },
      { type: 'error', message: text },
      { type: 'turn.failed', error: { message: text } },
    ],
  },
  gemini: {
    adapter: gemini(),
    lines: (text) => [
      { type: 'init', session_id: 's-1', model: 'g' },
      { type: 'result', status: 'error', error: { type: 'Error', message: text }, stats: {} },
    ],
  },
  qwen: {
    adapter: qwen(),
    lines: (text) => [
      { type: 'system', subtype: 'init', session_id: 's-1' },
      { type: 'result', subtype: 'error_during_execution', is_error: true, error: { message: text } },
    ],
  },
  opencode: {
    adapter: opencode(),
    lines: (text) => [
      { type: 'step_start', sessionID: 'ses_1', part: {} },
      { type: 'error', sessionID: 'ses_1', error: { name: 'UnknownError', data: { message: text } } },
    ],
  },
  cursor: {
    adapter: cursor(),
    lines: (text) => [
      { type: 'system', subtype: 'init', session_id: 'c-1', model: 'auto' },
      { type: 'result', subtype: 'error', is_error: true, result: text, session_id: 'c-1' },
    ],
  },
  copilot: {
    adapter: copilot(),
    lines: (text) => [
      { type: 'session.error', data: { errorType: 'query', message: text } },
      { type: 'result', sessionId: 'x-1', exitCode: 1 },
    ],
  },
  pi: {
    adapter: pi(),
    lines: (text) => [
      { type: 'session', id: 's-1' },
      {
        type: 'message_end',
        message: { role: 'assistant', content: [], stopReason: 'error', errorMessage: text },
      },
      { type: 'agent_end' },
    ],
  },
}

/** What an adapter makes of lines and an exit. */
export function heard(
  adapter: AgentAdapter,
  lines: readonly object[],
  exit: { readonly code?: number | null; readonly stderr?: string } = {},
): AgentOutcome {
  const parser = adapter.createParser()
  for (const line of lines) parser.push(JSON.stringify(line))
  const { code = 1, stderr = '' } = exit
  return parser.end({ code, signal: code === null ? 'SIGKILL' : null, stderrTail: stderr })
}

/** The outcome of a launch whose program prints a text where it prints its errors. */
export function says(program: string, text: string): AgentOutcome {
  const voice = VOICES[program]
  if (voice === undefined) throw new Error(`no voice for ${program}`)
  return heard(voice.adapter, voice.lines(text))
}

/** The outcome of a launch whose program starts, and then prints a text on stderr only. */
export function mutters(program: string, text: string): AgentOutcome {
  const voice = VOICES[program]
  if (voice === undefined) throw new Error(`no voice for ${program}`)
  return heard(voice.adapter, voice.lines('').slice(0, 1), { stderr: text })
}
