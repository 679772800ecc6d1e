import {
  agentLaunches,
  allAttempts,
  type Attempt,
  leadsAside,
  nodeAt,
  type RunState,
  type Spent,
  sumSpent,
} from '@gump/history'
import type { Entered } from './entered.js'
import { overturnedIn } from './overturned.js'
import { microUsdOf, ownSpent } from './own-spent.js'
import type { Chain, Try } from './run-record.js'

/**
 * The tries of every agent step, by task. Workflows that judge or inform are no tries, and neither are steps of type `validate`: how often
 * a validator says yes tells nothing about how good it is.
 */
export function chainsOf(
  run: RunState,
  places: readonly Entered[],
  keyOf: (path: string) => string,
): readonly Chain[] {
  const overturned = overturnedIn(places)
  return places
    .filter(({ path }) => !leadsAside(path))
    .flatMap(({ path, node }) => {
      const attempts = allAttempts(node).filter(
        ({ kind, stepType }) => kind === 'agent' && stepType !== 'validate',
      )
      const step = keyOf(path.join('/'))
      const kind = kindOf(run, path)
      const current = node.attempts.at(-1)
      const chains: Chain[] = []
      let tries: Try[] = []
      for (const [n, attempt] of attempts.entries()) {
        const next = attempts[n + 1]
        const stands = attempt !== current || node.completed !== null
        const passed = overturned.has(attempt) ? false : outcomeOf(attempt, stands)
        const aside = asideOf({ places, path, from: attempt.seq, to: next?.seq ?? Number.POSITIVE_INFINITY })
        tries.push(tryOf(run, attempt, passed, aside))
        // What comes after a pass that holds is another beginning: a branch that could not be merged, or a resume.
        if (passed === true || next === undefined) {
          const gaveUp = passed === false && attempt.retry === null
          chains.push({ step, kind, tries, gaveUp })
          tries = []
        }
      }
      return chains
    })
}

function tryOf(run: RunState, attempt: Attempt, passed: boolean | null, aside: readonly Spent[]): Try {
  const launches = agentLaunches(attempt)
  const agent = launches.at(-1)?.agent ?? attempt.named ?? ''
  const byPerson = attempt.launches.some((launch) => launch.byPerson)
  return {
    agent,
    model: launches.at(-1)?.launching?.model ?? run.started?.agents[agent]?.model ?? null,
    passed: byPerson || launches.length === 0 ? null : passed,
    recalled: attempt.replayed,
    microUsd: microUsdOf(sumSpent([ownSpent(attempt), ...aside])),
    durationMs: Math.max(0, attempt.lastMs - attempt.startedMs - attempt.waitedMs),
  }
}

/** null: it was interrupted, or is not over. */
function outcomeOf({ completed, retry }: Attempt, stands: boolean): boolean | null {
  if (completed !== null && stands) return completed.status === 'pass'
  return retry === null ? null : false
}

/** What the validators of one attempt have used: they stand below its step, and began between it and the next one. */
function asideOf(where: {
  readonly places: readonly Entered[]
  readonly path: readonly string[]
  readonly from: number
  readonly to: number
}): readonly Spent[] {
  const { places, path, from, to } = where
  return places
    .filter(
      (place) =>
        path.every((name, n) => place.path[n] === name) &&
        leadsAside(place.path.slice(path.length, path.length + 1)),
    )
    .flatMap(({ node }) => allAttempts(node))
    .filter(({ seq, replayed }) => !replayed && seq > from && seq < to)
    .map(ownSpent)
}

/** What the split that found the task called its kind. */
function kindOf(run: RunState, path: readonly string[]): string | null {
  for (let depth = path.length - 1; depth > 0; depth -= 1) {
    const parent = nodeAt(run.root, path.slice(0, depth))
    if (parent.known.items?.includes(path[depth] ?? '') !== true) continue
    const tasks = allAttempts(parent).findLast(({ launches }) =>
      launches.some(({ output }) => output?.tasks !== undefined),
    )
    const task = tasks?.launches.findLast(({ output }) => output?.tasks !== undefined)?.output?.tasks
    const kind = task?.find(({ slug }) => slug === path[depth])?.extra?.['kind']
    return typeof kind === 'string' && kind.length <= longestKind ? kind : null
  }
  return null
}

/** A longer text is no name of a kind. */
const longestKind = 40
