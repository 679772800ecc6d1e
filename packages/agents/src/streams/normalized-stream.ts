import type { AgentEvent, AgentOutcome, AgentParser, OutcomeFacts, TokenUsage } from '../contract.js'
import { decodeEvent } from './decode-event.js'
import { decodeOutcome } from './decode-outcome.js'
import { present, type JsonObject } from './json-value.js'
import { createStreamParser, ENDED, OPEN, type StreamDialect } from './stream-parser.js'
import { applyUsage, NO_TOKENS } from './usage-sum.js'
import { fromMicroUsd, toMicroUsd, type MicroUsd } from '../usage/micro-usd.js'

/** One line of the normalised stream that carries an event. */
export function encodeEvent(event: AgentEvent): string {
  return JSON.stringify(event)
}

/** The terminal line of the normalised stream: `{"type":"result","status":…}`. */
export function encodeOutcome(outcome: AgentOutcome): string {
  return JSON.stringify({ type: 'result', ...outcome })
}

/**
 * Reads Gump's own stream: one JSON object per line, either an {@link AgentEvent} as it is, or the terminal
 * `{"type":"result", …}` with the members of an {@link AgentOutcome}. What the result does not say about session,
 * usage, cost, turns and final text is taken from the events before it.
 *
 * @example
 * ```ts
 * const parser = createNormalizedParser()
 * parser.push('{"type":"text","text":"done"}')
 * parser.push('{"type":"result","status":"success"}')
 * parser.end({ code: 0, signal: null, stderrTail: '' }) // { status: 'success', finalText: 'done', turns: 0, … }
 * ```
 */
export function createNormalizedParser(): AgentParser {
  return createStreamParser(createNormalizedDialect())
}

function createNormalizedDialect(): StreamDialect {
  const seen = createFactCollector()
  let result: AgentOutcome | undefined
  let goesOn = false

  const event = (value: JsonObject): readonly AgentEvent[] | null => {
    if (value['type'] === 'result') {
      const outcome = decodeOutcome(value)
      if (outcome === null) return null
      result = outcome
      goesOn = false
      return []
    }
    const decoded = decodeEvent(value)
    if (decoded === null) return null
    seen.take(decoded)
    if (decoded.type === 'turn_started') goesOn = result !== undefined
    return [decoded]
  }

  return {
    event,
    // Written by those who know what it means.
    maySaySuccessOnly: true,
    outcome: () => (result === undefined || goesOn ? undefined : { ...seen.facts(), ...result }),
    facts: () => seen.facts(),
    standing: () => (result === undefined || goesOn ? OPEN : ENDED),
  }
}

/** Gathers from normalised events what an outcome tells about a launch. */
export interface FactCollector {
  take(event: AgentEvent): void
  facts(): OutcomeFacts
}

/** A {@link FactCollector} that has seen nothing yet. */
export function createFactCollector(): FactCollector {
  let sessionId: string | undefined
  let finalText: string | undefined
  let tokens: TokenUsage | undefined
  let cost: MicroUsd | undefined
  let turns = 0

  const take = (event: AgentEvent): void => {
    switch (event.type) {
      case 'session':
        sessionId = event.sessionId
        return
      case 'turn_started':
        turns += 1
        return
      case 'text':
        finalText = event.text
        return
      case 'usage':
        tokens = applyUsage(tokens ?? NO_TOKENS, event)
        if (event.costUsd !== undefined) {
          cost = toMicroUsd(event.costUsd) + (event.mode === 'delta' ? (cost ?? 0) : 0)
        }
        return
      default:
    }
  }

  return {
    take,
    facts: () => ({
      ...present('sessionId', sessionId),
      ...(tokens === undefined ? {} : { usage: { tokens, scope: 'launch' } }),
      ...(cost === undefined ? {} : { costUsd: { value: fromMicroUsd(cost), scope: 'launch' } }),
      turns,
      ...present('finalText', finalText),
    }),
  }
}
