import type {
  AgentEvent,
  AgentOutcome,
  FailureKind,
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
import { CAUSE_OF_KIND } from '../failures/failure-kind.js'
import { statusInText } from '../failures/kind-of-status.js'
import { providerFailure } from '../failures/provider-failure.js'
import { stderrTail } from '../failures/stderr.js'
import { ENDED, OPEN, type StreamDialect } from './stream-parser.js'
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

// Exit codes of the CLI itself; others are an HTTP status modulo 256.
const KIND_OF_EXIT: Readonly<Record<number, FailureKind>> = {
  41: 'sign_in',
  52: 'configuration',
  53: 'budget',
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
  let goesOn = false

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
    goesOn = result !== null
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
        goesOn = false
        turnOpen = false
        return [{ type: 'raw', name: 'result' }]
      default:
        return null
    }
  }

  const outcome = (exit: ProcessExit): AgentOutcome | undefined => {
    if (result === null || goesOn) return outcomeOfExit(exit, facts())
    if (result['status'] === 'success') return { status: 'success', ...facts() }
    const error = asObject(result['error']) ?? {}
    const type = asText(error['type']) ?? ''
    const message = asNonEmpty(error['message']) ?? 'the agent stopped with an error'
    if (type === 'FatalCancellationError')
      return { status: 'failed', cause: 'interrupted', message, ...facts() }
    const status = statusInText(message) ?? statusOfExit(exit) ?? statusOfStack(exit)
    return providerFailure({ message, names: [type], status, exit }, facts())
  }

  return { event, outcome, facts, standing: () => (result === null || goesOn ? OPEN : ENDED) }
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
  const kind = exit.code === null ? undefined : KIND_OF_EXIT[exit.code]
  if (kind !== undefined) return { status: 'failed', cause: CAUSE_OF_KIND[kind], kind, message, ...facts }
  const status = statusOfExit(exit)
  return status === null ? undefined : providerFailure({ message, status }, facts)
}
