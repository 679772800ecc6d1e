import type { GroupStep, WorkflowStep } from '@gump/schema'
import { type Frame, pathOf } from '../frame.js'
import { workflowOf } from '../plan.js'
import { findStep } from '../session-choice.js'
import { type Attempt, type Node, isAside, lastAttempt, nodeAt, segments } from '@gump/history'
import { gateVerdict, humanVerdict, type Verdict } from '../verdict.js'
import { visitBranches } from './branches.js'
import { type Items, tasksOf, visitItems } from './each.js'
import { visitGates } from './gates.js'
import { visitPause } from './pause.js'
import { visitRetry } from './retry.js'
import { visitSequence } from './sequence.js'
import { insideOf } from '../inside.js'
import { awaiting, passed, type Progress, recording, type Walk } from './walk.js'

/** A group of steps or a called workflow: its inside, its gates, and again while retry allows. */
export function visitGroup(walk: Walk, frame: Frame, step: GroupStep | WorkflowStep, head: string): Progress {
  const path = pathOf(frame, step.name)
  const node = nodeAt(walk.state.root, segments(path))
  if (node.completed?.status === 'pass') return passed(node.completed.commit)
  if (node.completed !== null) {
    const { step: failed, reason } = innermostFailure(node, path)
    return { at: 'failed', step: failed, reason, cause: 'gate', head }
  }
  const attempt = lastAttempt(node)
  if (attempt === null || attempt.retry !== null) return start(walk, frame, step, path, node, head)
  const inside = visitInside(walk, frame, step, path, node, attempt)
  if (inside.at === 'active' || inside.at === 'blocked') return inside
  if (inside.at === 'passed') {
    const gates =
      visitGates(walk, frame, step, path, attempt, inside.head) ??
      visitPause(walk, frame, step, path, attempt, 'after_gate', inside.head)
    if (gates !== null) return gates
  }
  const verdict = judge(inside, attempt)
  if (verdict.at === 'fail') {
    const reopened = insideOf(node).map((name) => `${path}/${name}`)
    const failed = inside.at === 'failed' ? inside.step : null
    const group = { head: inside.head, reopened, failed }
    const retry = visitRetry(walk, frame, step, path, attempt, verdict, group)
    if (retry !== null) return retry
  }
  return awaiting(walk, {
    kind: 'complete',
    id: `${path}@${attempt.round}.${attempt.attempt}/complete`,
    path,
    workspace: frame.workspace,
    stepKind: step.kind,
    round: attempt.round,
    attempt: attempt.attempt,
    status: verdict.at === 'pass' ? 'pass' : 'fatal',
    cause: verdict.at === 'fail' ? verdict.cause : null,
    reason: verdict.at === 'fail' ? verdict.reason : null,
    base: attempt.base,
    promote: null,
    commit: inside.head,
    restore: step.gates.length > 0 && inside.at === 'passed' ? inside.head : null,
    agent: null,
    task: attempt.task,
  })
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

function judge(inside: Progress, attempt: Attempt): Extract<Verdict, { at: 'pass' | 'fail' }> {
  if (inside.at === 'failed') {
    return { at: 'fail', cause: inside.cause, reason: inside.reason, failedGates: [] }
  }
  const verdict = humanVerdict(attempt) ?? gateVerdict(attempt)
  return verdict.at === 'open' ? { at: 'pass' } : verdict
}

function start(
  walk: Walk,
  frame: Frame,
  step: GroupStep | WorkflowStep,
  path: string,
  node: Node,
  head: string,
): Progress {
  const previous = lastAttempt(node)
  const n = (previous?.attempt ?? 0) + 1
  const items =
    step.foreach === undefined ? undefined : iterated(walk, frame, step.foreach).map((_, i) => String(i + 1))
  return recording(walk, `${path}@${node.round}.${n}/start`, {
    type: 'group_started',
    step: path,
    round: node.round,
    attempt: n,
    ...(items === undefined ? {} : { items }),
    parallel: step.parallel !== undefined,
    max_attempts: step.retry?.exit ?? 1,
    base_commit: previous?.retry?.base_commit ?? head,
    workspace: frame.workspace,
  })
}

/** The tasks of the split that a group repeats over. */
function iterated(walk: Walk, frame: Frame, split: string): ReturnType<typeof tasksOf> {
  const path = findStep(frame, split)
  return path === null ? [] : tasksOf(nodeAt(walk.state.root, segments(path)))
}

function visitInside(
  walk: Walk,
  frame: Frame,
  step: GroupStep | WorkflowStep,
  path: string,
  node: Node,
  attempt: Attempt,
): Progress {
  const inner = innerFrame(walk, frame, step, path)
  const onConflict = step.kind === 'group' ? (step.onConflict ?? 'rerun') : 'rerun'
  const group = { path, workspace: frame.workspace, base: attempt.base, onConflict }
  if (step.foreach !== undefined) {
    const tasks = iterated(walk, frame, step.foreach)
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
  return visitBranches(
    walk,
    { ...group, parallel: step.parallel },
    {
      list: steps,
      nameAt: (index) => steps[index]?.name ?? '',
      frameAt: (index) => ({
        ...inner,
        steps: steps.slice(index, index + 1),
        workspace: pathOf(inner, steps[index]?.name ?? ''),
        parallel: true,
      }),
    },
  )
}

function innerFrame(walk: Walk, frame: Frame, step: GroupStep | WorkflowStep, path: string): Frame {
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
