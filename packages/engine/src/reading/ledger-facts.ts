import { compileShape, type OwnerState, type Schema, type Usage } from '@gump/ledger'
import {
  type DerivedStatus,
  lastAttempt,
  lastLaunch,
  leadsAside,
  runStatus,
  type RunState,
  runUsage,
  walkNodes,
} from '@gump/history'
import type { RunFold } from '../lifecycle/read-run.js'

/** What the list of runs needs of a ledger, as plain JSON. */
export interface LedgerFacts {
  readonly workflow: string
  /** null: there is no line yet. */
  readonly startedAt: string | null
  readonly endedAt: string | null
  readonly durationMs: number | null
  /** The status with each state of the owner. */
  readonly statuses: Readonly<Record<OwnerState, DerivedStatus>>
  readonly usage: Usage
  /** The folder of its worktrees, as the run recorded it. */
  readonly worktrees: string | null
  readonly current: readonly CurrentStep[]
  /** The last commit of a run that has ended. */
  readonly endCommit: string | null
  readonly hasWork: boolean
  readonly hasUnfinished: boolean
  /** What is odd about its figures, for people. */
  readonly oddities: string | null
}

/** Where a run is at work, or has stopped. */
export interface CurrentStep {
  readonly step: string
  readonly workspace: string
  /** It has a worktree, and this place of the pool; null: none, or another step has taken it. */
  readonly place: { readonly slot: number | null } | null
}

const owners = ['alive', 'dead', 'unknown', 'none'] as const

/** Takes the facts out of a folded ledger. */
export function factsOf({ first, state, oddities }: RunFold): LedgerFacts {
  const { started, ended, workspaces } = state
  return {
    workflow: started?.workflow.name ?? '?',
    startedAt: first?.ts ?? null,
    endedAt: ended?.ts ?? null,
    durationMs: ended?.duration_ms ?? null,
    statuses: Object.fromEntries(
      owners.map((owner) => [owner, runStatus(state, owner)]),
    ) as LedgerFacts['statuses'],
    usage: runUsage(state),
    worktrees: started?.worktrees ?? null,
    current: currentSteps(state),
    endCommit: ended?.commit ?? null,
    hasWork: workspaces.size > 0 && hasCommits(state),
    hasUnfinished: hasUnfinished(state),
    oddities: oddities.length === 0 ? null : describeOddities(oddities),
  }
}

function describeOddities(oddities: RunFold['oddities']): string {
  const [first] = oddities
  const count = oddities.length === 1 ? 'one figure' : `${oddities.length} figures`
  const verb = oddities.length === 1 ? 'makes no sense and counts' : 'make no sense and count'
  return `${count} in its ledger ${verb} as 0 (line ${first?.line ?? '?'}: ${first?.field ?? '?'})`
}

/** A passed step with a commit of its own, anywhere; merged or not. */
function hasCommits(state: RunState): boolean {
  let found = false
  walkNodes(state.root, (node) => {
    const { completed, attempts } = node
    const base = attempts.at(-1)?.base
    if (completed?.status === 'pass' && base !== undefined && completed.commit !== base) found = true
  })
  return found
}

/** Work of an attempt that did not pass: recorded, or still in the files because it could not be. */
function hasUnfinished(state: RunState): boolean {
  let found = false
  walkNodes(state.root, (node) => {
    const attempt = lastAttempt(node)
    const launch = attempt === null ? null : lastLaunch(attempt)
    if (node.completed?.status === 'pass' || launch === null) return
    const isRecorded = launch.snapshot !== null && launch.snapshot.files.length > 0
    const isUncollected = node.completed === null && launch.outcome !== null && launch.output === null
    if (isRecorded || isUncollected) found = true
  })
  return found
}

function currentSteps(state: RunState): readonly CurrentStep[] {
  const steps: CurrentStep[] = []
  walkNodes(state.root, (node, path) => {
    const attempt = lastAttempt(node)
    const isOpen = node.completed === null || node.completed.status === 'fatal'
    // A validator that has said no is no step that the run stopped at.
    const isStep = attempt?.kind === 'agent' || attempt?.kind === 'gate'
    if (!isOpen || !isStep || (node.completed !== null && leadsAside(path))) return
    const { workspace } = attempt
    const place = state.workspaces.get(workspace)
    const isThere = place !== undefined && !place.released
    steps.push({ step: path.join('/'), workspace, place: isThere ? { slot: place.slot } : null })
  })
  return steps
}

const text: Schema = { type: 'string' }
const number: Schema = { type: 'number' }
const flag: Schema = { type: 'boolean' }
const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] })
const object = (properties: Readonly<Record<string, Schema>>): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
})

const schema = object({
  workflow: text,
  startedAt: orNull(text),
  endedAt: orNull(text),
  durationMs: orNull(number),
  statuses: object(Object.fromEntries(owners.map((owner) => [owner, text]))),
  usage: { type: 'object' },
  worktrees: orNull(text),
  current: {
    type: 'array',
    items: object({ step: text, workspace: text, place: orNull(object({ slot: orNull(number) })) }),
  },
  endCommit: orNull(text),
  hasWork: flag,
  hasUnfinished: flag,
  oddities: orNull(text),
} satisfies Record<keyof LedgerFacts, Schema>)

/** Whether something that was kept can be such facts. */
export function areFacts(value: unknown): value is LedgerFacts {
  return compileShape(schema)(value, () => {}) === null
}
