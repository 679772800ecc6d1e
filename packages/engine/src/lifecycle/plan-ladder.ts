import type { FailureCause, RetryEntry, RetryPolicy } from '@gump/schema'
import type { PlannedAttempt, PlannedStep } from '../run-plan.js'
import { planRetry, type RetryPlan } from '@gump/core'

const causes: readonly FailureCause[] = ['gate', 'guard', 'review']

/** The first attempt, and how the names of agents are understood. */
export interface LadderStart {
  readonly agent: string | null
  readonly session: string
  readonly agentName: (text: string) => string
  /** False for an agent that cannot continue with a session. */
  readonly resumes: (agent: string) => boolean
}

/** Every attempt as the policy would make it: the ladder of each cause of failure, once where they are the same. */
export function ladder(policy: RetryPolicy, start: LadderStart): readonly PlannedAttempt[] {
  const first: PlannedAttempt = {
    attempt: 1,
    cause: null,
    agent: start.agent,
    session: start.session,
    worktree: 'as it is',
    note: null,
  }
  const ladders = causes.map((cause) => [cause, attemptsAfter(policy, start, cause)] as const)
  const [common = []] = ladders.map(([, attempts]) => attempts)
  if (ladders.every(([, attempts]) => JSON.stringify(attempts) === JSON.stringify(common)))
    return [first, ...common]
  return [
    first,
    ...ladders.flatMap(([cause, attempts]) => attempts.map((attempt) => ({ ...attempt, cause }))),
  ]
}

/** What changes only when something certain has failed. */
export function conditions({ entries }: RetryPolicy): PlannedStep['conditions'] {
  return entries.flatMap((entry) => {
    const { condition, cause } = entry
    if (condition.when === 'attempt') return []
    const what =
      condition.when === 'not' ? `${condition.gate} fails` : `${condition.call.workflow} answers true`
    return [{ when: cause === undefined ? what : `${what} (cause ${cause})`, changes: changesOf(entry) }]
  })
}

function changesOf({ override }: RetryEntry): string {
  const { agent, session, worktree, prompt, restartFrom, replan } = override
  const facts = [
    ...(agent === undefined ? [] : [`agent ${agent.text}`]),
    ...(session === undefined ? [] : [`${session} session`]),
    ...(worktree === undefined ? [] : [`worktree ${worktree}`]),
    ...(prompt === undefined ? [] : ['own prompt']),
    ...(restartFrom === undefined ? [] : [`restarts from ${restartFrom}`]),
    ...(replan === undefined ? [] : [`${replan.text} splits the task`]),
  ]
  return facts.length === 0 ? 'nothing changes' : facts.join(', ')
}

function attemptsAfter(
  policy: RetryPolicy,
  { agent: first, agentName, resumes }: LadderStart,
  cause: FailureCause,
): readonly PlannedAttempt[] {
  const attempts: PlannedAttempt[] = []
  const exit = policy.exitByCause?.[cause] ?? policy.exit
  for (let attempt = 2; attempt <= exit; attempt += 1) {
    const plan = planRetry(policy, { nextAttempt: attempt, cause, failedGates: [], answers: {} })
    const override = (key: keyof Omit<RetryPlan, 'matched'>): RetryEntry['override'] | undefined => {
      const index = plan[key]
      return index === null ? undefined : policy.entries[index]?.override
    }
    const named = override('agent')?.agent?.text
    const agent = named === undefined || first === null ? first : agentName(named)
    const before = attempts.at(-1)?.agent ?? first
    const continues = agent === null || (agent === before && resumes(agent))
    const isNew = plan.session !== null || !continues || policy.defaults.session === 'new'
    const restart = override('restartFrom')?.restartFrom
    const replan = override('replan')?.replan?.text
    const worktree = override('worktree')?.worktree ?? policy.defaults.worktree
    const notes = [
      ...(plan.prompt === null ? [] : ['own prompt']),
      ...(restart === undefined ? [] : [`restarts from ${restart}`]),
      ...(replan === undefined ? [] : [`${replan} splits the task`]),
    ]
    attempts.push({
      attempt,
      cause: null,
      agent,
      session: isNew ? 'new' : 'same',
      worktree: restart === undefined ? worktree : `as before ${restart}`,
      note: notes.length === 0 ? null : notes.join(', '),
    })
  }
  return attempts
}
