export type * from './contract.js'
export { acp } from './builtin/acp.js'
export type { AcpOptions } from './builtin/acp.js'
export { builtinAgents } from './builtin/index.js'
export { claude } from './builtin/claude.js'
export { codex } from './builtin/codex.js'
export { cursor } from './builtin/cursor.js'
export { gemini } from './builtin/gemini.js'
export { opencode } from './builtin/opencode.js'
export { qwen } from './builtin/qwen.js'
export { command } from './builtin/command.js'
export type { CommandAgent } from './builtin/command.js'
export { copilot } from './builtin/copilot.js'
export { kimi } from './builtin/kimi.js'
export { pi } from './builtin/pi.js'
export { pass } from './builtin/pass.js'
export { replay } from './builtin/replay.js'
export type { ReplayOptions } from './builtin/replay.js'
export { scripted } from './builtin/scripted.js'
export type { ScriptedOptions } from './builtin/scripted.js'
export { defineAgent } from './define-agent.js'
export { isVerified, versionOf } from './detection/version.js'
export { RESERVED_AGENT_NAMES } from './models/reserved-names.js'
export { resolveAgent } from './models/resolve-agent.js'
export type { AgentProblem, AgentResolution, ResolvedAgent, ResolveOptions } from './models/resolve-agent.js'
export { createAssumedPrices } from './prices/assumed-price.js'
export type { AssumedPrices } from './prices/assumed-price.js'
export { createPriceLookup, PRICE_DATA } from './prices/price-lookup.js'
export type { PriceLookup, PriceOverride } from './prices/price-lookup.js'
export type { ModelPrice } from './prices/model-price.js'
export { replayedAttempt } from './replay/recording.js'
export type {
  RecordedLaunch,
  Recording,
  ReplayedAttempt,
  ReplayedEvent,
  ReplayedFile,
} from './replay/recording.js'
export { renderAgentReference } from './reference/agent-reference.js'
export { parseAgentScript } from './scripted/parse-script.js'
export type {
  AgentScript,
  OutputKind,
  ScriptAction,
  ScriptEntry,
  ScriptMatch,
  ScriptOutcome,
} from './scripted/script.js'
export { createNormalizedParser, encodeEvent, encodeOutcome } from './streams/normalized-stream.js'
export { labelTurn } from './turns/label-turn.js'
export type { TurnAction, TurnLabel } from './turns/label-turn.js'
export type { LaunchMetrics } from './turns/launch-metrics.js'
export { createTurnTracker } from './turns/turn-tracker.js'
export type { FinishedTurn, TurnTracker } from './turns/turn-tracker.js'
export { addToSession, createUsageMeter } from './usage/usage-meter.js'
export type {
  CostSource,
  MeteredUsage,
  SessionTotals,
  TokenPrice,
  UsageMeter,
  UsageMeterOptions,
} from './usage/usage-meter.js'
