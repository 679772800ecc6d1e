import type { ParallelPolicy } from '@gump/schema'
import { childOf, type Node, nodeAt, segments, type WorkspaceState } from '@gump/history'
import type { Effect } from '../effects.js'
import type { Items } from './items.js'
import { keep, recall } from './found.js'
import { visitItem } from './item.js'
import type { PlaceRequest } from './places.js'
import { active, blocked, currentTip, passed, type Progress, type Walk } from './walk.js'

/** Several things that run side by side. */
export interface BranchGroup {
  readonly path: string
  /** The workspace the results are merged into. */
  readonly workspace: string
  readonly base: string
  readonly parallel: ParallelPolicy
  readonly onConflict: 'rerun' | 'fatal'
}

/** One pass over a group: what it is, what it consists of, and the node it stands at. */
interface Pass {
  readonly walk: Walk
  readonly group: BranchGroup
  readonly items: Items
  readonly node: Node
}

interface Visited {
  readonly index: number
  /** Path of its node; also the name of its workspace. */
  readonly path: string
  readonly node: Node
  readonly progress: Progress
  readonly effects: readonly Effect[]
  readonly places: readonly PlaceRequest[]
  readonly base: string
  readonly held: WorkspaceState | undefined
}

/**
 * Runs branches side by side and merges what they made in the order they were declared. Only those are looked at that something is to
 * be done for: that have changed, are not through, or may be next.
 */
export function visitBranches(walk: Walk, group: BranchGroup, items: Items): Progress {
  const { list, nameAt } = items
  const { path, workspace, base } = group
  const node = nodeAt(walk.state.root, segments(path))
  const pass: Pass = { walk, group, items, node }
  const found = recall(walk, node, { list, nameAt, path, workspace, base })
  const reached = found.changed.reduce((most, index) => Math.max(most, index + 1), found.reached)
  // One that waits to be entered may stand before one that was.
  const passedBy = list.slice(found.reached, reached).map((_, n) => found.reached + n)
  const begun = [...new Set([...found.open, ...passedBy, ...found.changed])].toSorted((a, b) => a - b)
  const visited = begun
    .filter((index) => index >= found.done && childAt(pass, index).integrated === null)
    .map((index) => visitBranch(pass, index))
  visited.push(...visitNext(pass, reached))

  const running = visited.filter(({ progress }) => progress.at !== 'passed')
  const open = new Set(running.map(({ index }) => index).filter((index) => index < reached))
  const { done, head } = merged(pass, found)
  keep(walk, path, { ...found, children: node.children, done, head, reached, open })

  const failure = running.find(({ progress }) => progress.at === 'failed')?.progress
  if (failure !== undefined && group.parallel.failFast) return failure
  const works = startWork(pass, visited)
  const merging = integrateNext(pass, visited, { done, head })
  if (merging.at === 'passed' || merging.at === 'failed') return merging
  if (works || merging.at === 'active') return active
  return failure ?? (visited.some((v) => v.progress.at === 'blocked') ? blocked : active)
}

function childAt({ node, items }: Pass, index: number): Node {
  return childOf(node, items.nameAt(index))
}

/** Those that were never entered: as many as may have got, or may get, a place. */
function visitNext(pass: Pass, reached: number): readonly Visited[] {
  const { list } = pass.items
  const { jobs } = pass.walk.state.options
  const next: Visited[] = []
  let waiting = 0
  for (let index = reached; index < list.length && waiting <= jobs; index += 1) {
    const branch = visitBranch(pass, index)
    if (isWaiting(branch)) waiting += 1
    next.push(branch)
  }
  return next
}

function isWaiting({ progress, held }: Visited): boolean {
  return progress.at === 'active' && held === undefined
}

/** Its effects and what it asks for are held back until the branch has a worktree. */
function visitBranch(pass: Pass, index: number): Visited {
  const { walk, group, items } = pass
  const node = childAt(pass, index)
  const path = `${group.path}/${items.nameAt(index)}`
  const base = node.rerunBase ?? group.base
  const effects: Effect[] = []
  const places: PlaceRequest[] = []
  const progress = visitItem({ ...walk, effects, places, depth: walk.depth + 1 }, items.frameAt(index), base)
  const workspace = walk.state.workspaces.get(path)
  const held = workspace === undefined || workspace.released ? undefined : workspace
  const isOpen = progress.at === 'active' || progress.at === 'blocked'
  if (isOpen && held !== undefined) walk.inUse.add(path)
  return { index, path, node, progress, effects, places, base, held }
}

/** Lets branches with a worktree continue and asks for places for the next ones; true while something is in progress. */
function startWork({ walk, group }: Pass, visited: readonly Visited[]): boolean {
  const { jobs } = walk.state.options
  const busy = visited.filter((v) => v.progress.at === 'active' && v.held !== undefined)
  for (const v of busy) {
    if (v.held?.ready === true) {
      walk.effects.push(...v.effects)
      walk.places.push(...v.places)
    } else walk.effects.push(workspaceEffect(walk, v))
  }
  const waiting = visited.filter(isWaiting)
  walk.places.push({
    depth: walk.depth + 1,
    limit: Math.min(group.parallel.limit ?? jobs, jobs),
    busy: busy.map(({ path }) => path),
    waiting: waiting.map(({ path }) => path),
  })
  return busy.length > 0 || waiting.length > 0
}

function workspaceEffect(walk: Walk, { path, held, base }: Visited): Effect {
  const slot = held?.slot ?? null
  const commit = walk.tips.get(path) ?? base
  return { kind: 'workspace', id: `${path}/workspace@${slot ?? 0}`, workspace: path, slot, commit }
}

interface Merged {
  /** So many from the beginning are merged, and the group stands at this commit. */
  readonly done: number
  readonly head: string
}

function merged(pass: Pass, found: Merged): Merged {
  const { walk, group, items } = pass
  let { done } = found
  let head = done > 0 ? found.head : currentTip(walk.state, group.workspace, group.base)
  for (; done < items.list.length; done += 1) {
    const { integrated } = childAt(pass, done)
    if (integrated === null) break
    head = currentTip(walk.state, group.workspace, integrated)
  }
  if (done > 0) walk.tips.set(group.workspace, head)
  return { done, head }
}

/** One merge at a time, in declaration order; a branch that failed holds back those behind it. */
function integrateNext(pass: Pass, visited: readonly Visited[], { done, head }: Merged): Progress {
  const { walk, group, items } = pass
  if (done >= items.list.length) return passed(head)
  const next = visited.find(({ index }) => index === done) ?? visitBranch(pass, done)
  const { node, path, progress, base } = next
  if (progress.at !== 'passed') return { at: 'blocked' }
  if (node.conflictsWith !== null) {
    return {
      at: 'failed',
      step: path,
      reason: 'it conflicts with work that was merged before it',
      cause: 'agent',
      head,
    }
  }
  walk.effects.push({
    kind: 'integrate',
    id: `${path}/integrate@${node.conflicts}`,
    group: group.path,
    task: items.nameAt(done),
    workspace: group.workspace,
    branchWorkspace: path,
    ours: head,
    theirs: progress.head,
    base,
    onConflict: node.conflicts > 0 ? 'fatal' : group.onConflict,
  })
  return active
}
