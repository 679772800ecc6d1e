import type {
  AgentEvent,
  AgentOutcome,
  FailureCause,
  OutcomeFacts,
  ProcessExit,
  TokenUsage,
} from '../contract.js'
import {
  asCount,
  asNonEmpty,
  asObject,
  asSessionId,
  asText,
  hasCounts,
  present,
  type JsonObject,
} from './json-value.js'
import { stderrTail } from './missing-result.js'
import { providerFailure, statusInText } from './provider-failure.js'
import type { StreamDialect } from './stream-parser.js'
import { toolFinished, toolStarted, type ToolTable } from './tool-facts.js'

const TOOLS: ToolTable = {
  read_file: 'read',
  read_many_files: 'read',
  write_file: 'write',
  replace: 'edit',
  edit: 'edit',
  run_shell_command: 'shell',
  grep_search: 'search',
  search_file_content: 'search',
  glob: 'search',
  list_directory: 'search',
}

const CAUSE_OF_TYPE: Readonly<Record<string, FailureCause>> = {
  FatalAuthenticationError: 'auth',
  FatalTurnLimitedError: 'limit',
  FatalCancellationError: 'interrupted',
  FatalConfigError: 'configuration',
  FatalUntrustedWorkspaceError: 'configuration',
}

// Exit codes of the CLI itself; others are an HTTP status modulo 256.
const CAUSE_OF_EXIT: Readonly<Record<number, FailureCause>> = {
  41: 'auth',
  52: 'configuration',
  53: 'limit',
  55: 'configuration',
}
const STATUSES: readonly number[] = [400, 401, 403, 404, 429, 500, 502, 503, 504]

/** The stream-json of Gemini CLI 0.61.0. A turn starts with what the model says first, or first after tool results. */
export function createGeminiDialect(): StreamDialect {
  let sessionId: string | null = null
  let turns = 0
  let turnOpen = false
  let said = ''
  let result: JsonObject | null = null

  const facts = (): OutcomeFacts => ({
    ...present('sessionId', sessionId),
    ...present('usage', result === null ? null : usageOf(result)),
    turns,
    ...present('finalText', said === '' ? null : said),
  })

  const turn = (): readonly AgentEvent[] => {
    if (turnOpen) return []
    turnOpen = true
    turns += 1
    said = ''
    return [{ type: 'turn_started' }]
  }

  const message = (value: JsonObject): readonly AgentEvent[] => {
    const text = asNonEmpty(value['content'])
    if (value['role'] !== 'assistant' || text === null) return [{ type: 'raw', name: 'message' }]
    const started = turn()
    said = value['delta'] === true ? said + text : text
    return [...started, { type: 'text', text }]
  }

  const event = (value: JsonObject): readonly AgentEvent[] | null => {
    switch (value['type']) {
      case 'init':
        sessionId = asSessionId(value['session_id'])
        if (sessionId === null) return []
        return [{ type: 'session', sessionId, ...present('model', asNonEmpty(value['model'])) }]
      case 'message':
        return message(value)
      case 'tool_use': {
        const name = asNonEmpty(value['tool_name']) ?? 'tool'
        const id = asText(value['tool_id']) ?? ''
        return [...turn(), toolStarted(id, name, asObject(value['parameters']), TOOLS)]
      }
      case 'tool_result':
        turnOpen = false
        return [toolFinished(asText(value['tool_id']) ?? '', value['status'] === 'success', outputOf(value))]
      case 'error':
        return [{ type: 'warning', message: asNonEmpty(value['message']) ?? 'the agent reported an error' }]
      case 'result':
        result = value
        return [{ type: 'raw', name: 'result' }]
      default:
        return null
    }
  }

  const outcome = (exit: ProcessExit): AgentOutcome | undefined => {
    if (result === null) return outcomeOfExit(exit, facts())
    if (result['status'] === 'success') return { status: 'success', ...facts() }
    const error = asObject(result['error']) ?? {}
    const type = asText(error['type']) ?? ''
    const message = asNonEmpty(error['message']) ?? 'the agent stopped with an error'
    const cause = Object.hasOwn(CAUSE_OF_TYPE, type) ? CAUSE_OF_TYPE[type] : undefined
    if (cause !== undefined) return { status: 'failed', cause, message, ...facts() }
    return providerFailure(
      { message, status: statusInText(message) ?? statusOfExit(exit) ?? statusOfStack(exit) },
      facts(),
    )
  }

  return { event, outcome, facts }
}

function outputOf(value: JsonObject): string | null {
  return asText(value['output']) ?? asText(asObject(value['error'])?.['message'])
}

/** Thoughts are in `total_tokens` only; the contract counts them as output. */
function usageOf(result: JsonObject): NonNullable<OutcomeFacts['usage']> | null {
  const stats = asObject(result['stats'])
  if (!hasCounts(stats, 'input_tokens', 'output_tokens')) return null
  const total = asCount(stats['input_tokens'])
  const cacheRead = Math.min(total, asCount(stats['cached']))
  const output = Math.max(asCount(stats['output_tokens']), asCount(stats['total_tokens']) - total)
  const tokens: TokenUsage = { input: total - cacheRead, output, cacheRead, cacheWrite: 0 }
  return { tokens, scope: 'launch' }
}

function statusOfExit(exit: ProcessExit): number | null {
  return STATUSES.find((status) => status % 256 === exit.code) ?? null
}

// Below the stack of the error that ended it: `code: 404`, or `status: 404`.
function statusOfStack({ stderrTail: text }: ProcessExit): number | null {
  const status = /^ +(?:code|status): ([45]\d\d),?$/m.exec(text.slice(-4000))?.[1]
  return status === undefined ? null : Number(status)
}

function outcomeOfExit(exit: ProcessExit, facts: OutcomeFacts): AgentOutcome | undefined {
  const said = stderrTail(exit)
  const message = said === '' ? `exit code ${exit.code}` : said
  if (exit.code === 42 && message.includes('resuming session')) {
    const { sessionId: _refused, ...rest } = facts
    return { status: 'failed', cause: 'error', message, sessionRefused: true, ...rest }
  }
  const cause = exit.code === null ? undefined : CAUSE_OF_EXIT[exit.code]
  return cause === undefined ? undefined : { status: 'failed', cause, message, ...facts }
}
