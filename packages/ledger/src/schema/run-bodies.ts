import type { EventBodies } from '../events.js'
import { attemptId, limits, options, someOptions, stepKind, usage } from './parts.js'
import {
  amount,
  count,
  flag,
  index,
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
  type Schema,
} from './shape.js'

type RunEvent =
  | 'run_started'
  | 'run_resumed'
  | 'cancel_requested'
  | 'edits_adopted'
  | 'replay_started'
  | 'history_resumed'
  | 'workspace_assigned'
  | 'workspace_ready'
  | 'setup_progress'
  | 'timer_fired'
  | 'budget_exceeded'
  | 'circuit_breaker'
  | 'warning'
  | 'run_completed'
  | 'command_launching'
  | 'command_launched'
  | 'integrated'
  | 'conflict'
  | 'state_updated'
  | 'step_started'
  | 'group_started'
  | 'step_completed'

const agent = shape<EventBodies['run_started']['agents'][string]>(
  { adapter: text, cli: nullable(text), version: nullable(text), model: nullable(text), resume: flag },
  {},
)

/** Events about the run and about whole steps. */
export const runBodies: { readonly [T in RunEvent]: Schema } = {
  run_started: shape<EventBodies['run_started']>(
    {
      alias: name,
      workflow: shape<EventBodies['run_started']['workflow']>({ name, source: text, sha256 }, {}),
      spec: nullable(shape<NonNullable<EventBodies['run_started']['spec']>>({ path: text, sha256 }, {})),
      base_commit: name,
      branch: name,
      user_branch: nullable(text),
      agents: mapOf(agent),
      limits,
      inputs: mapOf(text),
      options,
      gump_version: text,
    },
    { worktrees: text },
  ),
  run_resumed: shape<EventBodies['run_resumed']>(
    { owner: ordinal, retry_failed: flag },
    {
      limits,
      options: someOptions,
    },
  ),
  cancel_requested: shape<EventBodies['cancel_requested']>({ reason: text }, {}),
  edits_adopted: shape<EventBodies['edits_adopted']>({ workspace: name, from: name, to: name }, {}),
  replay_started: shape<EventBodies['replay_started']>(
    { from_run: name, from_step: name },
    { from_alias: name },
  ),
  history_resumed: shape<EventBodies['history_resumed']>({ retry_failed: flag }, {}),
  workspace_assigned: shape<EventBodies['workspace_assigned']>({ workspace: name, slot: index }, {}),
  workspace_ready: shape<EventBodies['workspace_ready']>(
    { workspace: name, commit: name, slot: nullable(index) },
    { setup_ms: milliseconds },
  ),
  setup_progress: shape<EventBodies['setup_progress']>(
    { workspace: name, what: text, elapsed_ms: milliseconds, done: flag },
    { bytes: index },
  ),
  timer_fired: shape<EventBodies['timer_fired']>({ timer: name }, {}),
  budget_exceeded: shape<EventBodies['budget_exceeded']>(
    {
      limit: oneOf('max_budget', 'max_tokens', 'max_timeout'),
      allowed: amount,
      observed: amount,
    },
    { step: name },
  ),
  circuit_breaker: shape<EventBodies['circuit_breaker']>({ step: name, reason: text }, { remedy: text }),
  warning: shape<EventBodies['warning']>({ message: text }, { code: text, step: name }),
  run_completed: shape<EventBodies['run_completed']>(
    {
      status: oneOf('passed', 'failed', 'cancelled', 'paused'),
      usage,
      duration_ms: milliseconds,
      commit: name,
    },
    { reason: text, step: name },
  ),
  command_launching: shape<EventBodies['command_launching']>({ container: name }, { step: name }),
  command_launched: shape<EventBodies['command_launched']>(
    {
      container: name,
      pid: ordinal,
      pid_start: text,
      level: oneOf('namespace', 'cgroup', 'group'),
      sandbox: oneOf('enforced', 'detected'),
    },
    {},
  ),
  integrated: shape<EventBodies['integrated']>(
    { step: name, task: text, commit: name, merged: name, base_commit: name },
    {},
  ),
  conflict: shape<EventBodies['conflict']>(
    { step: name, task: text, files: listOf(text), action: oneOf('rerun', 'fatal'), onto: name },
    {},
  ),
  state_updated: shape<EventBodies['state_updated']>({ step: name, keys: listOf(text) }, {}),
  step_started: shape<EventBodies['step_started']>(
    { ...attemptId, kind: stepKind, max_attempts: ordinal, base_commit: name, workspace: name },
    {
      step_type: oneOf('code', 'split', 'validate', 'artifact'),
      agent: text,
      task: text,
      session_mode: oneOf('new', 'resume'),
    },
  ),
  group_started: shape<EventBodies['group_started']>(
    { ...attemptId, parallel: flag, max_attempts: ordinal, base_commit: name, workspace: name },
    { items: listOf(text), each: flag },
  ),
  step_completed: shape<EventBodies['step_completed']>(
    {
      ...attemptId,
      kind: stepKind,
      status: oneOf('pass', 'fatal'),
      commit: name,
      duration_ms: milliseconds,
      usage,
      turns: count,
    },
    { content: name, reason: text },
  ),
}
