import type { ArtifactRef, AttemptId, LaunchId, TokenCounts, Usage } from '../envelope.js'
import type {
  AgentMetrics,
  FileChange,
  GateFacts,
  RunLimits,
  RunOptions,
  TaskRecord,
  TurnAction,
} from '../event-parts.js'
import {
  count,
  flag,
  listOf,
  mapOf,
  milliseconds,
  name,
  nullable,
  oneOf,
  ordinal,
  sha256,
  shape,
  text,
  usd,
  type OptionalFields,
  type RequiredFields,
  type Schema,
} from './shape.js'

export const attemptId: RequiredFields<AttemptId> = { step: name, round: ordinal, attempt: ordinal }
export const launchId: RequiredFields<LaunchId> = { ...attemptId, launch: ordinal }

export const artifact: Schema = shape<ArtifactRef>({ path: name, sha256, bytes: count }, {})

const tokens: Schema = shape<TokenCounts>(
  { input: count, output: count, cache_read: count, cache_write: count },
  {},
)
export const usage: Schema = shape<Usage>(
  { tokens, cost_usd: usd, cost_source: oneOf('native', 'estimated', 'unpriced') },
  { at_least: flag, assumed_cost_usd: usd },
)

// Copies, which are no figures: nothing can stand in for a limit, and people may set one as high as they like.
export const limits: Schema = shape<RunLimits>(
  {},
  { max_budget_usd: { ...usd }, max_tokens: { ...count }, max_timeout_ms: { ...milliseconds } },
)

const optionFields: RequiredFields<RunOptions> = {
  jobs: ordinal,
  pause_after: listOf(text),
  park: flag,
  agent_override: nullable(text),
  default_agent: text,
  agent_aliases: mapOf(text),
  allow_unpriced: flag,
  interactive: flag,
}
export const options: Schema = shape<RunOptions>(optionFields, {})
export const someOptions: Schema = shape<Partial<RunOptions>>({}, optionFields)

export const metrics: {
  readonly required: RequiredFields<AgentMetrics>
  readonly optional: OptionalFields<AgentMetrics>
} = {
  required: { usage, turns: count, duration_ms: milliseconds },
  optional: {
    session_id: text,
    ttfd_ms: milliseconds,
    tool_errors: count,
    repeated_actions: count,
    context_tokens: count,
    context_window: count,
    compat: flag,
    final_text: artifact,
    exit_code: nullable({ type: 'integer' }),
    signal: nullable(text),
  },
}

export const gateFacts: {
  readonly required: RequiredFields<GateFacts>
  readonly optional: OptionalFields<GateFacts>
} = {
  required: { gate: name, duration_ms: milliseconds },
  optional: { exit_code: nullable({ type: 'integer' }), log: artifact, detail: text, comments: text },
}

export const action: Schema = shape<TurnAction>(
  { kind: oneOf('read', 'write', 'edit', 'shell', 'search', 'other'), tool: text },
  { target: text, ok: flag },
)

export const task: Schema = shape<TaskRecord>(
  { slug: name, name: text, description: text },
  { files: listOf(text), extra: { type: 'object' } },
)

export const fileChange: Schema = shape<FileChange>(
  {
    path: name,
    status: oneOf('added', 'modified', 'deleted', 'renamed', 'type'),
    insertions: nullable(count),
    deletions: nullable(count),
  },
  {},
)

export const stepKind: Schema = oneOf('agent', 'gate', 'group', 'workflow')
