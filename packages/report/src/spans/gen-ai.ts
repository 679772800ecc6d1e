import type { Cost, Tokens } from '../cost.js'
import type { LaunchReport, TurnReport } from '../report.js'
import { attributes, type Attributes } from './span.js'

/** Well-known values of `gen_ai.provider.name`, by adapter (OpenTelemetry semantic conventions 1.38). */
const providers: Readonly<Record<string, string>> = {
  claude: 'anthropic',
  codex: 'openai',
  gemini: 'gcp.gemini',
}

export function providerOf(adapter: string | null): string | null {
  return adapter === null ? null : Object.hasOwn(providers, adapter) ? (providers[adapter] ?? null) : adapter
}

/** Attributes of an agent's whole attempt. */
export function agentAttributes(launch: LaunchReport, adapter: string | null, tokens: Tokens): Attributes {
  return attributes({
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.provider.name': providerOf(adapter),
    'gen_ai.agent.name': launch.agent,
    'gen_ai.request.model': launch.model,
    'gen_ai.conversation.id': launch.sessionId,
    ...usageAttributes(tokens),
  })
}

export function turnAttributes(turn: TurnReport, launch: LaunchReport, adapter: string | null): Attributes {
  return attributes({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': providerOf(adapter),
    'gen_ai.request.model': launch.model,
    ...usageAttributes(turn.tokens),
    'gump.turn.n': turn.n,
    'gump.turn.label': turn.label,
    'gump.cost_usd': costUsd(turn.cost),
  })
}

/** Known in full or in part; null, and so left out, when it is not known at all. */
export function costUsd(cost: Cost): number | null {
  return !cost.any || (cost.unpriced && cost.microUsd === 0) ? null : cost.microUsd / 1e6
}

/** The conventions count cached tokens as input as well, and then once more apart. */
function usageAttributes(tokens: Tokens): Record<string, number> {
  // A part would be taken for the whole.
  if (tokens.unknown) return {}
  return {
    'gen_ai.usage.input_tokens': tokens.input + tokens.cacheRead + tokens.cacheWrite,
    'gen_ai.usage.output_tokens': tokens.output,
    'gen_ai.usage.cache_read.input_tokens': tokens.cacheRead,
    'gen_ai.usage.cache_creation.input_tokens': tokens.cacheWrite,
  }
}
