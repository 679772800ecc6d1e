import { type Node, PersistentMap, type RunState } from '@gump/history'

/** A list of steps or items that is worked off below a node. */
export interface Listed {
  /** The same array in every pass: it is known by its identity. */
  readonly list: readonly object[]
  readonly nameAt: (index: number) => string
  /** Path of the node, and the worktree that receives its results. */
  readonly path: string
  readonly workspace: string
  readonly base: string
}

/**
 * What earlier passes have found in a list, so that a pass looks only at what has changed since. It is no part of the state: forgetting
 * it costs time and changes nothing, and of any other state all that differs is looked at again.
 */
export interface Found {
  readonly list: readonly object[]
  readonly base: string
  readonly adoptions: PersistentMap<string> | undefined
  readonly children: PersistentMap<Node>
  /** This many from the beginning are finished, and led to `head`. */
  readonly done: number
  readonly head: string
  /** Those that were entered are before this one. */
  readonly reached: number
  /** Of them those that something is still to be done for. */
  readonly open: ReadonlySet<number>
}

/** A pass, as far as it looks through lists. */
interface Searching {
  readonly state: RunState
  readonly found: Map<string, Found>
}

/** What is known of a list, and which of its entries have changed since. */
export interface Recalled extends Found {
  readonly changed: readonly number[]
}

/** Recalls what was found in a list in an earlier pass. */
export function recall(walk: Searching, node: Node, listed: Listed): Recalled {
  const { list, base, path, workspace } = listed
  const adoptions = walk.state.adoptions.get(workspace)
  const known = walk.found.get(path)
  const { children } = node
  const isSame = known?.list === list && known.base === base && known.adoptions === adoptions
  if (!isSame)
    return { ...nothingFound(listed, adoptions, children), changed: indices(listed, children.keys()) }
  const names = [...known.children.differences(children)]
  const changed = indices(listed, names)
  const isIntact = changed.every(
    (index) => index >= known.done || isAsFinished(known.children, children, listed.nameAt(index)),
  )
  return isIntact
    ? { ...known, children, changed: changed.filter((index) => index >= known.done) }
    : { ...nothingFound(listed, adoptions, children), changed: indices(listed, children.keys()) }
}

/** Keeps what a pass has found for the next one. */
export function keep(walk: Searching, path: string, found: Found): void {
  const { list, base, adoptions, children, done, head, reached, open } = found
  walk.found.set(path, { list, base, adoptions, children, done, head, reached, open })
}

function nothingFound(
  { list, base }: Listed,
  adoptions: Found['adoptions'],
  children: PersistentMap<Node>,
): Found {
  return { list, base, adoptions, children, done: 0, head: base, reached: 0, open: new Set() }
}

/** What is noted about a step after its end leaves it as finished as it was. */
function isAsFinished(before: PersistentMap<Node>, now: PersistentMap<Node>, name: string): boolean {
  const [a, b] = [before.get(name), now.get(name)]
  if (a === undefined || b === undefined) return false
  if (a.integrated !== null) return a.integrated === b.integrated
  return a.completed === b.completed && a.children === b.children && a.items === b.items
}

const indexes = new WeakMap<readonly object[], Map<string, ReadonlyMap<string, number>>>()

/** Where names are in a list; those of validators and the like are not in it. */
function indices({ list, nameAt }: Listed, names: readonly string[]): readonly number[] {
  // The tasks of a split have names there, and numbers where a group repeats over them.
  const known = indexes.get(list) ?? new Map<string, ReadonlyMap<string, number>>()
  indexes.set(list, known)
  const naming = nameAt(0)
  const index = known.get(naming) ?? new Map(list.map((_, n) => [nameAt(n), n]))
  known.set(naming, index)
  return names.flatMap((name) => index.get(name) ?? [])
}
