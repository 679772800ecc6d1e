import type { Items } from './items.js'
import type { AgentStep } from '@gump/schema'
import type { TaskRecord } from '@gump/ledger'
import type { Frame } from '../frame.js'
import { type Node, earlierAttempt, lastAttempt, lastLaunch } from '@gump/history'
import { type BranchGroup, visitBranches } from './branches.js'
import type { Cursor } from './cursor.js'
import { visitItem } from './item.js'
import { visitInOrder } from './sequence.js'
import { passed, type Progress, recording, type Walk } from './walk.js'

/** The tasks that the last attempt of a split wrote. */
export function tasksOf(node: Node): readonly TaskRecord[] {
  const attempt = lastAttempt(node) ?? earlierAttempt(node)
  return attempt === null ? [] : (lastLaunch(attempt)?.output?.tasks ?? [])
}

/** The steps of `each`, once per task: one after the other, or side by side. */
export function visitEach(cursor: Cursor<AgentStep>): Progress {
  const { walk, frame, step, path, node } = cursor
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
  const items: Items = {
    list: tasks,
    nameAt: (index) => tasks[index]?.slug ?? '',
    frameAt: (index) => taskFrame(cursor, tasks[index] ?? nobodysTask),
  }
  return visitItems(walk, items, {
    path,
    workspace: frame.workspace,
    base: node.items.base,
    parallel: step.parallel,
    onConflict: step.onConflict ?? 'rerun',
  })
}

/** Stands where a list has no entry, which nothing asks for. */
const nobodysTask: TaskRecord = { slug: '', name: '', description: '' }

function taskFrame({ frame, step, path }: Cursor<AgentStep>, task: TaskRecord): Frame {
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
  items: Items,
  group: Omit<BranchGroup, 'parallel'> & { readonly parallel: AgentStep['parallel'] },
): Progress {
  const { parallel, path, workspace, base } = group
  const { list, nameAt, frameAt } = items
  if (parallel !== undefined) return visitBranches(walk, { ...group, parallel }, items)
  return visitInOrder(walk, { list, nameAt, path, workspace, base }, (index, head) =>
    visitItem(walk, frameAt(index), head),
  )
}
