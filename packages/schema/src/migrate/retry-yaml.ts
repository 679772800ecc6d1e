import type { Prompt, RetryEntry, RetryPolicy, SessionPolicy } from '../ir.js'

/** A retry policy as the data of a `retry:` list. */
export function retryData(retry: RetryPolicy): readonly Record<string, unknown>[] {
  const causes = Object.entries(retry.exitByCause ?? {}).map(([cause, exit]) => ({ exit, cause }))
  return [...retry.entries.map(entryData), ...causes, { exit: retry.exit }]
}

function entryData(entry: RetryEntry): Record<string, unknown> {
  const { condition, override, cause } = entry
  return {
    ...conditionData(condition),
    ...(cause === undefined ? {} : { cause }),
    ...(override.agent === undefined ? {} : { agent: override.agent.text }),
    ...(override.session === undefined ? {} : { session: override.session }),
    ...(override.worktree === undefined ? {} : { worktree: override.worktree }),
    ...(override.prompt === undefined ? {} : { prompt: promptData(override.prompt) }),
    ...(override.restartFrom === undefined ? {} : { restart_from: override.restartFrom }),
    ...(override.replan === undefined ? {} : { replan: override.replan.text }),
  }
}

function conditionData(condition: RetryEntry['condition']): Record<string, unknown> {
  if (condition.when === 'attempt') return { attempt: condition.attempt }
  if (condition.when === 'not') return { not: condition.gate }
  const values = Object.entries(condition.call.with).map(([key, value]) => [key, value.text] as const)
  return {
    validate: condition.call.workflow,
    ...(values.length === 0 ? {} : { with: Object.fromEntries(values) }),
  }
}

function promptData(prompt: Prompt): unknown {
  return prompt.kind === 'inline' ? prompt.template.text : { file: prompt.path }
}

/** A session policy as the data of `session:`. */
export function sessionData(session: SessionPolicy): unknown {
  return session.mode === 'from' ? { from: session.step } : 'new'
}
