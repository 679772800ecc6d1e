import type { AgentFailureKind } from '../event-parts.js'
import type { EventBodies, EventType } from '../events.js'
import {
  action,
  artifact,
  attemptId,
  fileChange,
  gateFacts,
  launchId,
  metrics,
  task,
  usage,
} from './parts.js'
import type { runBodies } from './run-bodies.js'
import {
  count,
  flag,
  index,
  listOf,
  milliseconds,
  name,
  nullable,
  oneOf,
  ordinal,
  shape,
  text,
  time,
  type Schema,
} from './shape.js'

const failureKind = oneOf<AgentFailureKind>(
  'quota',
  'overload',
  'credit',
  'sign_in',
  'model',
  'configuration',
  'budget',
  'length',
  'context',
  'refusal',
  'network',
  'server',
  'request',
)
const pauseAt = oneOf('before_gate', 'after_gate')

/** Events inside one attempt. */
export const attemptBodies: { readonly [T in Exclude<EventType, keyof typeof runBodies>]: Schema } = {
  agent_launching: shape<EventBodies['agent_launching']>(
    {
      ...launchId,
      agent: name,
      model: nullable(text),
      container: name,
      argv: listOf(text),
      prompt: artifact,
      session_mode: oneOf('new', 'resume'),
    },
    { session_id: text },
  ),
  agent_launched: shape<EventBodies['agent_launched']>(
    {
      ...launchId,
      pid: nullable(index),
      pid_start: nullable(text),
      level: oneOf('namespace', 'cgroup', 'group', 'embedded'),
      sandbox: oneOf('enforced', 'detected'),
    },
    {},
  ),
  session_started: shape<EventBodies['session_started']>({ ...launchId, session_id: text }, {}),
  turn_completed: shape<EventBodies['turn_completed']>(
    {
      ...launchId,
      n: ordinal,
      label: oneOf(
        'exploration',
        'coding',
        'writing',
        'execution',
        'planning',
        'reasoning',
        'reviewing',
        'mixed',
      ),
      actions: listOf(action),
      usage,
      duration_ms: milliseconds,
    },
    {},
  ),
  agent_completed: shape<EventBodies['agent_completed']>(
    { ...launchId, ...metrics.required },
    metrics.optional,
  ),
  agent_failed: shape<EventBodies['agent_failed']>(
    {
      ...launchId,
      ...metrics.required,
      cause: oneOf('error', 'auth', 'quota', 'limit', 'interrupted', 'no_result', 'configuration'),
      message: text,
    },
    {
      ...metrics.optional,
      kind: failureKind,
      limit_of: oneOf('model'),
      remedy: text,
      session_refused: flag,
      retry_at: time,
    },
  ),
  agent_killed: shape<EventBodies['agent_killed']>(
    {
      ...launchId,
      ...metrics.required,
      reason: text,
      by: oneOf('guard', 'limit', 'cancel', 'sibling', 'timeout', 'lost'),
    },
    metrics.optional,
  ),
  agent_parked: shape<EventBodies['agent_parked']>({ ...launchId, until: time, reason: text }, {}),
  agent_unparked: shape<EventBodies['agent_unparked']>(launchId, {}),
  guard_triggered: shape<EventBodies['guard_triggered']>(
    { ...launchId, guard: name, reason: text, limit: text, observed: text },
    {},
  ),
  output_collected: shape<EventBodies['output_collected']>(
    { ...launchId, from: oneOf('tree', 'file', 'message', 'none') },
    { output: artifact, tasks: listOf(task), verdict: flag, comments: text, error: text },
  ),
  snapshot_created: shape<EventBodies['snapshot_created']>(
    {
      ...launchId,
      commit: name,
      tree: name,
      ref: name,
      files: listOf(fileChange),
      insertions: count,
      deletions: count,
      diff: artifact,
    },
    { by: oneOf('person') },
  ),
  gate_started: shape<EventBodies['gate_started']>({ ...attemptId, gate: name }, { command: text }),
  gate_passed: shape<EventBodies['gate_passed']>({ ...attemptId, ...gateFacts.required }, gateFacts.optional),
  gate_failed: shape<EventBodies['gate_failed']>(
    { ...attemptId, ...gateFacts.required, error: text },
    gateFacts.optional,
  ),
  gate_skipped: shape<EventBodies['gate_skipped']>({ ...attemptId, gate: name, reason: text }, {}),
  retry_triggered: shape<EventBodies['retry_triggered']>(
    {
      ...attemptId,
      next_attempt: ordinal,
      cause: oneOf('gate', 'guard', 'review', 'agent'),
      reason: text,
      matched: listOf(index),
      session: oneOf('keep', 'new'),
      worktree: oneOf('keep', 'reset', 'pristine'),
      escalated: flag,
    },
    { agent: text, restart_from: name, replan: text, item: name, base_commit: name, reopened: listOf(name) },
  ),
  hitl_paused: shape<EventBodies['hitl_paused']>({ ...attemptId, at: pauseAt }, {}),
  hitl_resumed: shape<EventBodies['hitl_resumed']>(
    { ...attemptId, at: pauseAt, decision: oneOf('continue', 'retry', 'abort') },
    { note: text },
  ),
  hitl_deferred: shape<EventBodies['hitl_deferred']>({ ...attemptId, at: pauseAt }, {}),
  hitl_settled: shape<EventBodies['hitl_settled']>({ ...attemptId, at: pauseAt, edited: flag }, {}),
}
