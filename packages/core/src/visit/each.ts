import type { AgentStep } from '@gump/schema'
import type { TaskRecord } from '@gump/ledger'
import type { Frame } from '../frame.js'
import { type Node, earlierAttempt, lastAttempt, lastLaunch } from '@gump/history'
import { type Branch, visitBranches } from './branches.js'
import { visitItem } from './item.js'
import { passed, type Progress, recording, type Walk } from './walk.js'

/** The tasks that the last attempt of a split wrote. */
export function tasksOf(node: Node): readonly TaskRecord[] {
  const attempt = lastAttempt(node) ?? earlierAttempt(node)
  return attempt === null ? [] : (lastLaunch(attempt)?.output?.tasks ?? [])
}

/** The steps of `each`, once per task: one after the other, or side by side. */
export function visitEach(walk: Walk, frame: Frame, step: AgentStep, path: string, node: Node): Progress {
  const tasks = tasksOf(node)
  const head = node.completed?.commit ?? ''
  if (tasks.length === 0) return passed(head)
  const attempt = lastAttempt(node)
  if (node.items === null) {
    return recording(walk, `${path}@${node.round}/each`, {
      type: 'group_started',
      step: path,
      round: node.round,
      attempt: attempt?.attempt ?? 1,
      items: tasks.map((task) => task.slug),
      parallel: step.parallel !== undefined,
      each: true,
      max_attempts: 1,
      base_commit: head,
      workspace: frame.workspace,
    })
  }
  const frames = tasks.map((task) => taskFrame(frame, step, path, task))
  return visitItems(walk, frame, path, frames, node.items.base, step.parallel, step.onConflict ?? 'rerun')
}

function taskFrame(frame: Frame, step: AgentStep, path: string, task: TaskRecord): Frame {
  const parallel = step.parallel !== undefined
  const own = [...path.split('/'), task.slug]
  return {
    ...frame,
    path: own,
    steps: step.each ?? [],
    parent: frame,
    call: null,
    task,
    splitPath: path,
    namesOf: null,
    blastRadius: step.blastRadius ?? null,
    workspace: parallel ? own.join('/') : frame.workspace,
    parallel: parallel || frame.parallel,
  }
}

/** Items of a group in their order, in the group's worktree or each in its own. */
export function visitItems(
  walk: Walk,
  frame: Frame,
  path: string,
  frames: readonly Frame[],
  base: string,
  parallel: AgentStep['parallel'],
  onConflict: 'rerun' | 'fatal',
): Progress {
  if (parallel !== undefined) {
    const branches: Branch[] = frames.map((f) => ({
      name: f.path.at(-1) ?? '',
      frame: f,
      path: f.path.join('/'),
    }))
    return visitBranches(walk, { path, workspace: frame.workspace, base, parallel, onConflict }, branches)
  }
  let head = base
  for (const item of frames) {
    const progress = visitItem(walk, item, head)
    if (progress.at !== 'passed') return progress
    head = progress.head
  }
  return passed(head)
}
