import type { LedgerEvent } from '@gump/ledger'
import type { Evidence } from './evidence.js'
import { type Expectation, outcomeOf } from './expectation.js'

/** What is true of a run at this moment, as its ledger tells; null: there is nothing to show. */
export function truthfulStatus(evidence: Evidence): string | null {
  if (evidence.runId === null) return null
  const last = evidence.events.findLast((e) => e.type === 'run_completed' || e.type === 'run_resumed')
  return last?.type === 'run_completed' ? last.status : 'interrupted'
}

/** Complaints about the result of a resumed run; none: it is as if nothing had happened. */
export function compareWithUndisturbed(expected: Expectation, found: Evidence): readonly string[] {
  const outcome = outcomeOf(found)
  if (outcome === null) return [`the run has not ended: ${found.events.at(-1)?.type}`]
  const { costUsd } = ledgerCost(found.events)
  return [
    ...differs('status', expected.status, outcome.status),
    ...(expected.status === outcome.status ? [] : found.events.flatMap(reasonIn)),
    ...differs('final tree', expected.tree, outcome.tree),
    ...differs('commits of the run branch', expected.history, outcome.history),
    ...differsInLines('story', expected.story, outcome.story),
    ...differsInLines('worktree', lines(expected.worktree), lines(found.worktree)),
    ...complainIf(outcome.costUsd < expected.costUsd - 1e-9, 'money that was spent has been forgotten'),
    ...complainIf(
      Math.abs(outcome.costUsd - costUsd) > 1e-9,
      `costs are $${outcome.costUsd}, its launches make $${costUsd}`,
    ),
  ]
}

/** Why a run did not end well, from the events that say so. */
function reasonIn(event: LedgerEvent): readonly string[] {
  const reason = 'reason' in event ? event.reason : event.type === 'gate_failed' ? event.error : undefined
  return reason === undefined ? [] : [`line ${event.seq}, ${event.type}: ${reason}`]
}

/** Complaints about what must hold whatever happened. */
export function checkIntegrity(expected: Expectation, found: Evidence): readonly string[] {
  return [
    ...differsInLines('user’s checkout', lines(expected.checkout), lines(found.checkout)),
    ...found.events.flatMap((event, index) => checkCommits(event, found, found.events.slice(index + 1))),
  ]
}

/** Complaints about the end of a run that had an owner to the end. */
export function checkGivenBack(found: Evidence): readonly string[] {
  const last = found.owners.at(-1)
  const numbers = found.owners.map(({ number }) => number)
  return [
    ...complainIf(last?.ended !== true, 'the last owner has not given the run back'),
    ...complainIf(
      numbers.some((number, index) => number !== index + 1),
      `owners are numbered ${numbers.join()}`,
    ),
    ...differs('status in the index', truthfulStatus(found), found.indexed.at(-1) ?? 'none'),
  ]
}

/** Complaints about what a resume did to what was there before. */
export function checkContinuation(before: Evidence, after: Evidence): readonly string[] {
  const whole = before.ledger.subarray(0, before.ledger.lastIndexOf(0x0a) + 1)
  const done = new Set(
    before.events.flatMap((e) =>
      e.type === 'step_completed' && e.status === 'pass' ? [`${e.step}@${e.round}`] : [],
    ),
  )
  const again = after.events
    .slice(before.events.length)
    .flatMap((e) => (e.type === 'agent_launching' && done.has(`${e.step}@${e.round}`) ? [e.step] : []))
  return [
    ...complainIf(!after.ledger.subarray(0, whole.length).equals(whole), 'lines of the ledger were changed'),
    ...complainIf(again.length > 0, `completed steps ran again: ${again.join()}`),
  ]
}

/** Every commit that the ledger names is there: snapshots by their own refs, the others until they are superseded. */
function checkCommits(
  event: LedgerEvent,
  { refs, commits }: Evidence,
  later: readonly LedgerEvent[],
): readonly string[] {
  switch (event.type) {
    case 'snapshot_created':
      return differs(event.ref, event.commit, refs.get(event.ref) ?? 'gone')
    case 'step_completed':
    case 'integrated':
      if (later.some((e) => enteredAgain(e).some((path) => `${event.step}/`.startsWith(`${path}/`))))
        return []
      return complainIf(!commits.has(event.commit), `no ref leads to ${event.commit} of ${event.step}`)
    case 'edits_adopted':
      return complainIf(!commits.has(event.to), `no ref leads to the edits made by hand ${event.to}`)
    case 'run_completed':
      return complainIf(!commits.has(event.commit), `no ref leads to the run's last commit ${event.commit}`)
    default:
      return []
  }
}

/** Paths that an event sends back to their beginning; what they had committed is then no longer on the branch. */
function enteredAgain(event: LedgerEvent): readonly string[] {
  if (event.type === 'conflict') return [`${event.step}/${event.task}`]
  return event.type === 'retry_triggered' ? (event.reopened ?? []) : []
}

/** What the launches in a ledger have cost: their final figures, or the turns of those that have none. */
function ledgerCost(events: readonly LedgerEvent[]): { readonly costUsd: number } {
  const costs = new Map<string, number>()
  for (const event of events) {
    const launch = 'launch' in event ? `${event.step}@${event.round}.${event.attempt}.${event.launch}` : ''
    if (event.type === 'turn_completed') {
      costs.set(launch, (costs.get(launch) ?? 0) + event.usage.cost_usd)
    } else if (
      event.type === 'agent_completed' ||
      event.type === 'agent_failed' ||
      event.type === 'agent_killed'
    ) {
      costs.set(launch, event.usage.cost_usd)
    }
  }
  return { costUsd: [...costs.values()].reduce((sum, cost) => sum + cost, 0) }
}

function lines(files: Readonly<Record<string, string>> | null): readonly string[] {
  return Object.entries(files ?? { missing: '' }).map(([path, content]) => `${path} ${content}`)
}

function differs(what: string, expected: unknown, found: unknown): readonly string[] {
  return complainIf(expected !== found, `${what}: expected ${expected}, found ${found}`)
}

function differsInLines(
  what: string,
  expected: readonly string[],
  found: readonly string[],
): readonly string[] {
  const rest = [...found]
  const missing = expected.filter((line) => {
    const at = rest.indexOf(line)
    if (at >= 0) rest.splice(at, 1)
    return at < 0
  })
  return [
    ...missing.map((line) => `${what}: missing ${line}`),
    ...rest.map((line) => `${what}: unexpected ${line}`),
  ]
}

function complainIf(wrong: boolean, complaint: string): readonly string[] {
  return wrong ? [complaint] : []
}
