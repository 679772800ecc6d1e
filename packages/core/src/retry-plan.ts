import type { FailureCause, Prompt, RetryEntry, RetryPolicy } from '@gump/schema'

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
  return planOf(
    policy,
    [...policy.entries.keys()].filter((index) => applies(policy, index, facts)),
  )
}

/** The overrides of the entries that matched. */
function planOf(policy: RetryPolicy, matched: readonly number[]): RetryPlan {
  return matched.reduce((plan, index) => {
    const entry = policy.entries[index]
    return entry === undefined ? plan : override(plan, entry, index)
  }, nothing)
}

/** The prompt that the entries that matched bring; null: the step's own. */
export function promptOf(policy: RetryPolicy | undefined, matched: readonly number[]): Prompt | null {
  const index = policy === undefined ? null : planOf(policy, matched).prompt
  return (index === null ? undefined : policy?.entries[index]?.override.prompt) ?? null
}

/** Entries whose validator must answer before the next attempt can be planned. */
export function undecided(policy: RetryPolicy, facts: RetryFacts): readonly number[] {
  return policy.entries.flatMap((entry, index) =>
    entry.condition.when === 'validate' && fits(entry, facts.cause) && facts.answers[index] === undefined
      ? [index]
      : [],
  )
}

function applies({ entries }: RetryPolicy, index: number, facts: RetryFacts): boolean {
  const entry = entries[index]
  if (entry === undefined || !fits(entry, facts.cause)) return false
  const { condition } = entry
  if (condition.when === 'attempt') return condition.attempt <= facts.nextAttempt
  if (condition.when === 'not') return facts.failedGates.includes(condition.gate)
  return facts.answers[index] === true
}

/** The cause that a workflow knows: a crash of the agent is handled by what is written for failed gates. */
function writtenCause(cause: Cause): FailureCause {
  return cause === 'agent' ? 'gate' : cause
}

/** The last attempt that a policy allows after a failure. */
export function lastAttemptFor(policy: RetryPolicy, cause: Cause): number {
  return policy.exitByCause?.[writtenCause(cause)] ?? policy.exit
}

function fits(entry: RetryEntry, cause: Cause): boolean {
  return entry.cause === undefined || entry.cause === writtenCause(cause)
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
