import type { GroupStep, WorkflowStep } from '@gump/schema'
import type { NewEvent } from '@gump/ledger'
import { type Attempt, isAside, type Node, nodeAt, segments } from '@gump/history'
import { type Frame, pathOf } from '../frame.js'
import { insideOf } from '../inside.js'
import { workflowOf } from '../plan.js'
import { findStep } from '../session-choice.js'
import { gateVerdict, humanVerdict } from '../verdict.js'
import { type Trial, visitAttempts, type Work } from './attempts.js'
import { visitBranches } from './branches.js'
import type { AttemptCursor, Cursor } from './cursor.js'
import { tasksOf, visitItems } from './each.js'
import type { Items } from './items.js'
import { visitSequence } from './sequence.js'
import { passed, type Progress } from './walk.js'

type Container = GroupStep | WorkflowStep

/** A group of steps or a called workflow: its inside, its gates, and again while retry allows. */
export function visitGroup(cursor: Cursor<Container>): Progress {
  const { node, path, head } = cursor
  if (node.completed === null) return visitAttempts(cursor, trial)
  if (node.completed.status === 'pass') return passed(node.completed.commit)
  const { step, reason } = innermostFailure(node, path)
  return { at: 'failed', step, reason, cause: 'gate', head }
}

/** The step that made a group fail, not the groups around it. */
function innermostFailure(node: Node, path: string): { readonly step: string; readonly reason: string } {
  for (const [name, child] of node.children.entries()) {
    // The failure of what judges is an answer.
    if (isAside(child.is)) continue
    const isFatal = child.completed !== null && child.completed.status !== 'pass'
    if (isFatal || child.completed === null) {
      const found = innermostFailure(child, `${path}/${name}`)
      if (isFatal || found.reason !== '') return found
    }
  }
  return { step: path, reason: node.completed?.reason ?? '' }
}

const trial: Trial<Container> = {
  open,
  work,
  judge: ({ attempt }) => humanVerdict(attempt) ?? gateVerdict(attempt),
  end: ({ frame, step }, { subject, failure }) => ({
    workspace: frame.workspace,
    promote: null,
    commit: subject,
    restore: step.gates.length > 0 && failure === null ? subject : null,
    agent: null,
  }),
}

function open(cursor: Cursor<Container>, n: number, previous: Attempt | null): NewEvent {
  const { frame, step, path, node, head } = cursor
  const items =
    step.foreach === undefined ? undefined : iterated(cursor, step.foreach).map((_, i) => String(i + 1))
  return {
    type: 'group_started',
    step: path,
    round: node.round,
    attempt: n,
    ...(items === undefined ? {} : { items }),
    parallel: step.parallel !== undefined,
    max_attempts: step.retry?.exit ?? 1,
    base_commit: previous?.retry?.base_commit ?? head,
    workspace: frame.workspace,
  }
}

/** The inside of the group, which fails with the step in it that does. */
function work(cursor: AttemptCursor<Container>): Work | Progress {
  const { node, path } = cursor
  const inside = visitInside(cursor)
  if (inside.at === 'active' || inside.at === 'blocked') return inside
  const reopened = insideOf(node).map((name) => `${path}/${name}`)
  const group = { head: inside.head, reopened, failed: inside.at === 'failed' ? inside.step : null }
  if (inside.at === 'passed') return { subject: inside.head, failure: null, group }
  const { cause, reason, head: subject } = inside
  return { subject, failure: { at: 'fail', cause, reason, failedGates: [] }, group }
}

/** The tasks of the split that a group repeats over. */
function iterated({ walk, frame }: Cursor, split: string): ReturnType<typeof tasksOf> {
  const path = findStep(frame, split)
  return path === null ? [] : tasksOf(nodeAt(walk.state.root, segments(path)))
}

function visitInside(cursor: AttemptCursor<Container>): Progress {
  const { walk, frame, step, path, attempt } = cursor
  const inner = innerFrame(cursor)
  const onConflict = step.kind === 'group' ? (step.onConflict ?? 'rerun') : 'rerun'
  const group = { path, workspace: frame.workspace, base: attempt.base, onConflict }
  if (step.foreach !== undefined) {
    const tasks = iterated(cursor, step.foreach)
    const items: Items = {
      list: tasks,
      nameAt: (index) => String(index + 1),
      frameAt: (index) => {
        const own = [...inner.path, String(index + 1)]
        const workspace = step.parallel === undefined ? frame.workspace : own.join('/')
        const parallel = step.parallel !== undefined || frame.parallel
        return { ...inner, path: own, task: tasks[index] ?? null, workspace, parallel }
      },
    }
    return visitItems(walk, items, { ...group, parallel: step.parallel })
  }
  if (step.parallel === undefined) return visitSequence(walk, inner, attempt.base)
  const { steps } = inner
  const branches: Items = {
    list: steps,
    nameAt: (index) => steps[index]?.name ?? '',
    frameAt: (index) => ({
      ...inner,
      steps: steps.slice(index, index + 1),
      workspace: pathOf(inner, steps[index]?.name ?? ''),
      parallel: true,
    }),
  }
  return visitBranches(walk, { ...group, parallel: step.parallel }, branches)
}

function innerFrame({ walk, frame, step, path }: Cursor<Container>): Frame {
  const inside = {
    ...frame,
    path: segments(path),
    parent: frame,
    call: null,
    task: null,
    splitPath: null,
    namesOf: null,
  }
  if (step.kind === 'group') return { ...inside, steps: step.steps }
  const workflow = workflowOf(walk.plan, step.call.workflow)
  return {
    ...inside,
    workflow: step.call.workflow,
    dialect: workflow.dialect,
    steps: workflow.steps,
    call: { with: step.call.with, step: path },
  }
}
