import {
  allAttempts,
  type Attempt,
  type Node,
  ownedMs,
  type RunState,
  nodeAt,
  segments,
  stepKey,
  sumSpent,
} from '@gump/history'
import { chainsOf } from './chains.js'
import { entered, type Entered } from './entered.js'
import { microUsdOf, ownSpent } from './own-spent.js'
import type { RunRecord } from './run-record.js'

/**
 * What advice needs to know of a run.
 *
 * @example
 * ```ts
 * const record = recordOf(events.reduce(reduce, initialState))
 * ```
 */
export function recordOf(run: RunState): RunRecord {
  const { started, ended, spent } = run
  const places = entered(run.root)
  const split = places.find(({ node }) => node.known.items !== null)
  const keyOf = (path: string): string =>
    stepKey(path, (parent) => nodeAt(run.root, segments(parent)).known.items)
  const id = run.runId
  return {
    id,
    alias: started?.alias ?? id,
    workflow: started?.workflow.name ?? '',
    at: run.time.firstMs,
    status: ended?.status === 'passed' || ended?.status === 'failed' ? ended.status : 'open',
    replay: run.replay !== null,
    microUsd: microUsdOf(spent),
    durationMs: ended?.duration_ms ?? ownedMs(run.time),
    tasks: split?.node.known.items?.length ?? null,
    inTasks: split === undefined ? { microUsd: 0, durationMs: 0 } : inTasksOf(places, split),
    began: beganWith(places, keyOf),
    chains: chainsOf(run, places, keyOf),
  }
}

function inTasksOf(places: readonly Entered[], split: Entered): RunRecord['inTasks'] {
  const items = new Set(split.node.known.items)
  const depth = split.path.length
  const attempts = places
    .filter(
      ({ path }) =>
        path.length > depth &&
        split.path.every((name, n) => path[n] === name) &&
        items.has(path[depth] ?? ''),
    )
    .flatMap(({ node }) => allAttempts(node))
    .filter(({ replayed }) => !replayed)
  return { microUsd: sumSpent(attempts.map(ownSpent)).microUsd, durationMs: wallTime(attempts) }
}

/** Time during which at least one of them ran, without that in which a person was asked. */
function wallTime(attempts: readonly Attempt[]): number {
  let until = Number.NEGATIVE_INFINITY
  let sum = 0
  for (const { startedMs, lastMs } of attempts.toSorted((a, b) => a.startedMs - b.startedMs)) {
    sum += Math.max(0, lastMs - Math.max(startedMs, until))
    until = Math.max(until, lastMs)
  }
  const waited = attempts.reduce((total, { waitedMs }) => total + waitedMs, 0)
  return Math.max(0, sum - waited)
}

function beganWith(places: readonly Entered[], keyOf: (path: string) => string): Record<string, string> {
  const began: Record<string, string> = {}
  for (const { path, node } of places) {
    const key = keyOf(path.join('/'))
    const agent = firstAgent(node)
    if (agent !== null) began[key] ??= agent
  }
  return began
}

function firstAgent(node: Node): string | null {
  return allAttempts(node).find(({ named }) => named !== null)?.named ?? null
}
