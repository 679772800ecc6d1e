export type * from './contract.js'
export { builtinAgents } from './builtin/index.js'
export { claude } from './builtin/claude.js'
export { codex } from './builtin/codex.js'
export { cursor } from './builtin/cursor.js'
export { gemini } from './builtin/gemini.js'
export { opencode } from './builtin/opencode.js'
export { qwen } from './builtin/qwen.js'
export { copilot } from './builtin/copilot.js'
export { pi } from './builtin/pi.js'
export { pass } from './builtin/pass.js'
export { scripted } from './builtin/scripted.js'
export type { ScriptedOptions } from './builtin/scripted.js'
export { isVerified, versionOf } from './detection/version.js'
export { defineAgent } from './define-agent.js'
export { RESERVED_AGENT_NAMES } from './models/reserved-names.js'
export { resolveAgent } from './models/resolve-agent.js'
export type { AgentProblem, AgentResolution, ResolvedAgent, ResolveOptions } from './models/resolve-agent.js'
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
