import type { RetryEntry, RetryOverride, RetryPolicy, Step } from '../ir.js'

/**
 * A retry policy in the current dialect, which keeps worktree and session unless an entry says otherwise: what the
 * earlier dialect did by itself becomes an entry of the second attempt.
 */
export function currentRetry(step: Step): RetryPolicy | null {
  const { retry } = step
  if (retry === undefined) return null
  const implied: RetryOverride = {
    // Only an agent has a session.
    ...(retry.defaults.session === 'new' && step.kind === 'agent' ? { session: 'new' as const } : {}),
    ...(retry.defaults.worktree === 'reset' ? { worktree: 'reset' as const } : {}),
  }
  const entries =
    retry.exit === 1 || Object.keys(implied).length === 0 ? retry.entries : withImplied(retry, implied)
  return { ...retry, entries, defaults: { worktree: 'keep', session: 'keep' } }
}

function withImplied(retry: RetryPolicy, implied: RetryOverride): readonly RetryEntry[] {
  const [first, ...rest] = retry.entries
  const joins =
    first?.condition.when === 'attempt' && first.condition.attempt === 2 && first.cause === undefined
  if (first !== undefined && joins)
    return [{ ...first, override: { ...implied, ...first.override } }, ...rest]
  return [
    { condition: { when: 'attempt', attempt: 2 }, override: implied, range: retry.range },
    ...retry.entries,
  ]
}
