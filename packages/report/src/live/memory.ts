import {
  agentLaunches,
  allAttempts,
  type Attempt,
  initialState,
  lastLaunch,
  type Node,
  nodeAt,
  reduce,
  type RunState,
  segments,
} from '@gump/history'
import type { EventBodies, LedgerEvent } from '@gump/ledger'
import { plural } from '@gump/errors'
import { formatLines } from '../format/count.js'
import { type Turns, turnsOf } from '../turns.js'
import { attemptText } from './attempt-text.js'

/** What later lines need to know about earlier events. */
export interface RunMemory {
  push(event: LedgerEvent): void
  /** The history of a step so far. */
  nodeOf(step: string): Node
  /** `attempt 2/6` of the step's current attempt. */
  attemptOf(step: string): string | null
  maxAttempts(step: string): number
  /** Who works on the current attempt: whom it names, or to whom a person has given it since. */
  agentOf(step: string): string | null
  /** An agent was started for the step, or for one below it. */
  ran(step: string): boolean
  /** What the last attempt of a step produced, in a few words: `2 tasks`, `3 files +12 −4`, `no changes`, `verdict true`. */
  noteOf(step: string): string
  turns(): Turns
  /** The limit that stopped this session. */
  exceeded(): EventBodies['budget_exceeded'] | null
}

/** Views of the history so far. */
export function createRunMemory(): RunMemory {
  let run: RunState = initialState
  const nodeOf = (step: string): Node => nodeAt(run.root, segments(step))
  const lastOf = (step: string): Attempt | null => allAttempts(nodeOf(step)).at(-1) ?? null
  return {
    push(event) {
      run = reduce(run, event)
    },
    nodeOf,
    attemptOf(step) {
      const last = lastOf(step)
      return last === null ? null : attemptText(last.attempt, last.maxAttempts)
    },
    maxAttempts: (step) => lastOf(step)?.maxAttempts ?? 1,
    agentOf(step) {
      const last = lastOf(step)
      const launch = last === null ? undefined : agentLaunches(last).at(-1)
      return launch !== undefined && launch.n > 1 ? launch.agent : (last?.named ?? null)
    },
    ran: (step) => hasLaunch(nodeOf(step)),
    noteOf: (step) => noteOf(lastOf(step)),
    turns: () => turnsOf(run.spent),
    exceeded: () => (run.stop?.why === 'limit' ? run.exceeded : null),
  }
}

function hasLaunch(node: Node): boolean {
  return (
    allAttempts(node).some((attempt) =>
      agentLaunches(attempt).some(({ launching }) => launching?.replayed !== true),
    ) || node.children.values().some(hasLaunch)
  )
}

function noteOf(attempt: Attempt | null): string {
  if (attempt === null || attempt.stepType === null) return ''
  const { output = null, snapshot = null } = lastLaunch(attempt) ?? {}
  switch (attempt.stepType) {
    case 'split':
      return output?.tasks === undefined ? '' : plural(output.tasks.length, 'task')
    case 'validate':
      return output?.verdict === undefined ? '' : `verdict ${output.verdict}`
    case 'artifact':
      return output?.output === undefined ? '' : 'artifact'
    default: {
      if (snapshot === null) return output === null ? '' : 'no changes'
      const lines = formatLines(snapshot.insertions, snapshot.deletions)
      return `${plural(snapshot.files.length, 'file')}${lines === '' ? '' : ` ${lines}`}`
    }
  }
}
