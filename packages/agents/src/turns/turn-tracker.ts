import type { AgentEvent, TokenUsage } from '../contract.js'
import { present } from '../streams/json-value.js'
import { addTokens, NO_TOKENS, subtractTokens } from '../streams/usage-sum.js'
import { labelTurn, type TurnAction, type TurnLabel } from './label-turn.js'
import { createMetricsCounter, type LaunchMetrics, type ToolUse } from './launch-metrics.js'

/** One turn that is over. */
export interface FinishedTurn {
  /** Counts from 1. */
  readonly n: number
  readonly label: TurnLabel
  readonly actions: readonly TurnAction[]
  /** Tokens this turn added, as far as the stream told. */
  readonly tokens: TokenUsage
  /** Epoch milliseconds. */
  readonly startedMs: number
  readonly durationMs: number
}

/** Folds the events of one launch into turns and metrics. Pure but for its own state: time comes from the caller. */
export interface TurnTracker {
  /** Takes one event; returns the turn it ended, if it ended one. `nowMs`: when the event arrived. */
  take(event: AgentEvent, nowMs: number): FinishedTurn | null
  /** Ends the open turn, if there is one. */
  finish(nowMs: number): FinishedTurn | null
  /** Turns started so far. */
  readonly turns: number
  metrics(): LaunchMetrics
}

const OUTPUT_FOLDER = /(?:^|\/)\.gump\/out\//

interface OpenTurn {
  readonly n: number
  readonly startedMs: number
  readonly actions: MutableAction[]
  tokens: TokenUsage
}
interface MutableAction {
  id: string
  action: TurnAction
}

/**
 * A tracker for one launch.
 *
 * @param options.nowMs when the launch began, in epoch milliseconds
 *
 * @example
 * ```ts
 * const tracker = createTurnTracker({ nowMs: clock.now() })
 * for (const event of parser.push(line)) {
 *   const turn = tracker.take(event, clock.now())
 *   if (turn !== null) append({ type: 'turn_completed', n: turn.n, label: turn.label })
 * }
 * ```
 */
export function createTurnTracker(options: { readonly nowMs: number }): TurnTracker {
  const counter = createMetricsCounter()
  const running = new Map<string, { readonly use: ToolUse; readonly entry: MutableAction | null }>()
  let open: OpenTurn | null = null
  let turns = 0
  let cumulative = NO_TOKENS
  // What was used before the first turn, or between two of them, belongs to the next one.
  let pending = NO_TOKENS
  let ttfdMs: number | null = null
  let contextTokens: number | null = null

  const finish = (nowMs: number): FinishedTurn | null => {
    if (open === null) return null
    const { n, startedMs, tokens } = open
    const actions = open.actions.map((entry) => entry.action)
    open = null
    return {
      n,
      label: labelTurn(actions),
      actions,
      tokens,
      startedMs,
      durationMs: Math.max(0, nowMs - startedMs),
    }
  }

  const begin = (nowMs: number): void => {
    turns += 1
    open = { n: turns, startedMs: nowMs, actions: [], tokens: pending }
    pending = NO_TOKENS
  }

  const startTool = (event: Extract<AgentEvent, { type: 'tool_started' }>, nowMs: number): void => {
    const target = event.path ?? event.command ?? null
    const edits = event.kind === 'write' || event.kind === 'edit'
    const use: ToolUse = { tool: event.tool, target, edits, shell: event.kind === 'shell' }
    counter.started(use)
    if (edits && ttfdMs === null && !OUTPUT_FOLDER.test(event.path ?? ''))
      ttfdMs = Math.max(0, nowMs - options.nowMs)
    const action: TurnAction = { kind: event.kind, tool: event.tool, ...present('target', target) }
    const entry: MutableAction | null = open === null ? null : { id: event.id, action }
    if (open !== null && entry !== null) open.actions.push(entry)
    running.set(event.id, { use, entry })
  }

  const finishTool = (event: Extract<AgentEvent, { type: 'tool_finished' }>): void => {
    const tool = running.get(event.id)
    if (tool === undefined) return
    running.delete(event.id)
    counter.finished(tool.use, event.ok)
    if (tool.entry !== null) tool.entry.action = { ...tool.entry.action, ok: event.ok }
  }

  const takeUsage = (event: Extract<AgentEvent, { type: 'usage' }>): void => {
    const added = event.mode === 'delta' ? event.tokens : subtractTokens(event.tokens, cumulative)
    cumulative = event.mode === 'delta' ? addTokens(cumulative, event.tokens) : event.tokens
    if (open === null) pending = addTokens(pending, added)
    else open.tokens = addTokens(open.tokens, added)
    if (event.contextTokens !== undefined) contextTokens = event.contextTokens
  }

  const take = (event: AgentEvent, nowMs: number): FinishedTurn | null => {
    switch (event.type) {
      case 'turn_started': {
        const finished = finish(nowMs)
        begin(nowMs)
        return finished
      }
      case 'tool_started':
        startTool(event, nowMs)
        return null
      case 'tool_finished':
        finishTool(event)
        return null
      case 'usage':
        takeUsage(event)
        return null
      default:
        return null
    }
  }

  return {
    take,
    finish,
    get turns() {
      return turns
    },
    metrics: () => ({
      turns,
      ttfdMs,
      toolErrors: counter.toolErrors,
      repeatedActions: counter.repeatedActions,
      correctionLoops: counter.correctionLoops,
      contextTokens,
    }),
  }
}
