import type { FailureCause, RetryEntry, RetryPolicy } from '@gump/schema'

/** Why an attempt failed; `agent` covers crashes and unusable output. */
export type Cause = FailureCause | 'agent'

/** What is known about the failed attempt when the next one is planned. */
export interface RetryFacts {
  readonly nextAttempt: number
  readonly cause: Cause
  readonly failedGates: readonly string[]
  /** Answers of `validate:` conditions by index of their entry. */
  readonly answers: Readonly<Record<number, boolean>>
}

/** The overrides in force for the next attempt; each is the index of the entry it comes from. */
export interface RetryPlan {
  readonly matched: readonly number[]
  readonly agent: number | null
  readonly session: number | null
  readonly worktree: number | null
  readonly prompt: number | null
  readonly restartFrom: number | null
  readonly replan: number | null
}

const nothing: RetryPlan = {
  matched: [],
  agent: null,
  session: null,
  worktree: null,
  prompt: null,
  restartFrom: null,
  replan: null,
}

/**
 * Folds the entries of a retry policy in their order: `attempt:` entries hold from their attempt on until a later
 * entry replaces the key, the others for the next attempt only.
 */
export function planRetry(policy: RetryPolicy, facts: RetryFacts): RetryPlan {
  return policy.entries.reduce(
    (plan, entry, index) => (applies(entry, index, facts) ? override(plan, entry, index) : plan),
    nothing,
  )
}

/** Entries whose validator must answer before the next attempt can be planned. */
export function undecided(policy: RetryPolicy, facts: RetryFacts): readonly number[] {
  return policy.entries.flatMap((entry, index) =>
    entry.condition.when === 'validate' && fits(entry, facts.cause) && facts.answers[index] === undefined
      ? [index]
      : [],
  )
}

function applies(entry: RetryEntry, index: number, facts: RetryFacts): boolean {
  if (!fits(entry, facts.cause)) return false
  const { condition } = entry
  if (condition.when === 'attempt') return condition.attempt <= facts.nextAttempt
  if (condition.when === 'not') return facts.failedGates.includes(condition.gate)
  return facts.answers[index] === true
}

/** A crash of the agent is handled by what is written for failed gates. */
function fits(entry: RetryEntry, cause: Cause): boolean {
  return entry.cause === undefined || entry.cause === (cause === 'agent' ? 'gate' : cause)
}

function override(plan: RetryPlan, entry: RetryEntry, index: number): RetryPlan {
  const { agent, session, worktree, prompt, restartFrom, replan } = entry.override
  // "Fix only these" makes no sense on an empty tree: a reset without a prompt of its own drops an earlier one.
  const startsOver = worktree !== undefined && prompt === undefined
  return {
    matched: [...plan.matched, index],
    agent: agent === undefined ? plan.agent : index,
    session: session === undefined ? plan.session : index,
    worktree: worktree === undefined ? plan.worktree : index,
    prompt: prompt !== undefined ? index : startsOver ? null : plan.prompt,
    restartFrom: restartFrom === undefined ? plan.restartFrom : index,
    replan: replan === undefined ? plan.replan : index,
  }
}
