import type { ParallelPolicy } from '@gump/schema'
import type { Effect } from '../effects.js'
import type { Frame } from '../frame.js'
import { nodeAt, segments, type WorkspaceState } from '@gump/history'
import { visitItem } from './item.js'
import type { PlaceRequest } from './places.js'
import { active, blocked, currentTip, passed, type Progress, type Walk } from './walk.js'

/** One of several things that run side by side. */
export interface Branch {
  readonly name: string
  /** Path of its node; also the name of its workspace. */
  readonly path: string
  readonly frame: Frame
}

export interface BranchGroup {
  readonly path: string
  /** The workspace the results are merged into. */
  readonly workspace: string
  readonly base: string
  readonly parallel: ParallelPolicy
  readonly onConflict: 'rerun' | 'fatal'
}

interface Visited {
  readonly branch: Branch
  readonly progress: Progress
  readonly effects: readonly Effect[]
  readonly places: readonly PlaceRequest[]
  readonly base: string
  readonly integrated: string | null
}

/** Runs branches side by side and merges what they made in the order they were declared. */
export function visitBranches(walk: Walk, group: BranchGroup, branches: readonly Branch[]): Progress {
  const visited = branches.map((branch) => visitBranch(walk, group, branch))
  const failure = visited.find((v) => v.progress.at === 'failed')?.progress
  if (failure !== undefined && group.parallel.failFast) return failure
  const running = startWork(walk, group, visited)
  const merging = integrateNext(walk, group, visited)
  if (merging.at === 'passed' || merging.at === 'failed') return merging
  if (running || merging.at === 'active') return active
  return failure ?? (visited.some((v) => v.progress.at === 'blocked') ? blocked : active)
}

/** Its effects and what it asks for are held back until the branch has a worktree. */
function visitBranch(walk: Walk, group: BranchGroup, branch: Branch): Visited {
  const node = nodeAt(walk.state.root, segments(branch.path))
  const base = node.rerunBase ?? group.base
  if (node.integrated !== null) {
    const progress = passed(node.integrated)
    return { branch, progress, effects: [], places: [], base, integrated: node.integrated }
  }
  const effects: Effect[] = []
  const places: PlaceRequest[] = []
  const progress = visitItem({ ...walk, effects, places, depth: walk.depth + 1 }, branch.frame, base)
  const isOpen = progress.at === 'active' || progress.at === 'blocked'
  if (isOpen && heldBy(walk, branch) !== undefined) walk.inUse.add(branch.path)
  return { branch, progress, effects, places, base, integrated: null }
}

/** The worktree that a branch has. */
function heldBy(walk: Walk, branch: Branch): WorkspaceState | undefined {
  const workspace = walk.state.workspaces.get(branch.path)
  return workspace === undefined || workspace.released ? undefined : workspace
}

/** Lets branches with a worktree go on and asks for places for the next ones; true while something is going on. */
function startWork(walk: Walk, group: BranchGroup, visited: readonly Visited[]): boolean {
  const { jobs } = walk.state.options
  const held = (v: Visited): WorkspaceState | undefined => heldBy(walk, v.branch)
  const busy = visited.filter((v) => v.progress.at === 'active' && held(v) !== undefined)
  for (const v of busy) {
    const workspace = held(v)
    if (workspace?.ready === true) {
      walk.effects.push(...v.effects)
      walk.places.push(...v.places)
    } else walk.effects.push(workspaceEffect(walk, v, workspace?.slot ?? null))
  }
  const waiting = visited.filter((v) => v.progress.at === 'active' && held(v) === undefined)
  walk.places.push({
    depth: walk.depth + 1,
    limit: Math.min(group.parallel.limit ?? jobs, jobs),
    busy: busy.map((v) => v.branch.path),
    waiting: waiting.map((v) => v.branch.path),
  })
  return busy.length > 0 || waiting.length > 0
}

function workspaceEffect(walk: Walk, v: Visited, slot: number | null): Effect {
  const commit = walk.tips.get(v.branch.path) ?? v.base
  return {
    kind: 'workspace',
    id: `${v.branch.path}/workspace@${slot ?? 0}`,
    workspace: v.branch.path,
    slot,
    commit,
  }
}

/** One merge at a time, in declaration order; a branch that failed holds back those behind it. */
function integrateNext(walk: Walk, group: BranchGroup, visited: readonly Visited[]): Progress {
  let head = currentTip(walk.state, group.workspace, group.base)
  for (const { branch, progress, base, integrated } of visited) {
    if (integrated !== null) {
      head = currentTip(walk.state, group.workspace, integrated)
      walk.tips.set(group.workspace, head)
      continue
    }
    if (progress.at !== 'passed') return { at: 'blocked' }
    const node = nodeAt(walk.state.root, segments(branch.path))
    if (node.conflictsWith !== null) {
      return {
        at: 'failed',
        step: branch.path,
        reason: 'it conflicts with work that was merged before it',
        cause: 'agent',
        head,
      }
    }
    walk.effects.push({
      kind: 'integrate',
      id: `${branch.path}/integrate@${node.conflicts}`,
      group: group.path,
      task: branch.name,
      workspace: group.workspace,
      branchWorkspace: branch.path,
      ours: head,
      theirs: progress.head,
      base,
      onConflict: node.conflicts > 0 ? 'fatal' : group.onConflict,
    })
    return active
  }
  return passed(head)
}
