/** A stretch `[start, end)` that patterns cover. */
export interface Region {
  readonly start: number
  readonly end: number
}

/** A sequence of numbers below 65536: bytes, or the code units of a text. */
type Units = ArrayLike<number>

/**
 * Finds all occurrences of many patterns at once (Aho and Corasick, 1975). The time is that of the text alone, whatever
 * the patterns are and however often they nearly occur, because an agent decides what the text is.
 */
export interface PatternAutomaton {
  /** The state before the first unit. */
  readonly start: number
  /** The state after one more unit. */
  step(state: number, unit: number): number
  /** Length of the longest pattern that ends in a state; 0 when none does. */
  ending(state: number): number
  /** How many of the last units are the beginning of a pattern, or all of one. */
  depth(state: number): number
}

export function createPatternAutomaton(patterns: readonly Units[]): PatternAutomaton {
  const classes = classesOf(patterns)
  const width = classes.count
  const edges = createEdges(patterns.reduce((sum, pattern) => sum + pattern.length, 0))
  const ending: number[] = [0]
  const depth: number[] = [0]
  for (const pattern of patterns) {
    let node = 0
    for (let at = 0; at < pattern.length; at += 1) {
      const key = node * width + (classes.of[pattern[at] ?? 0] ?? 0)
      let next = edges.get(key)
      if (next === 0) {
        next = ending.length
        edges.set(key, next)
        ending.push(0)
        depth.push(at + 1)
      }
      node = next
    }
    ending[node] = Math.max(ending[node] ?? 0, pattern.length)
  }
  const failure = new Int32Array(ending.length)
  const stepByKind = (from: number, kind: number): number => {
    for (let node = from; ; node = failure[node] ?? 0) {
      const next = edges.get(node * width + kind)
      if (next !== 0) return next
      if (node === 0) return 0
    }
  }
  // Level by level: what a node falls back to is shorter, and is complete by then.
  for (const { node, parent, unit } of edgesByDepth(patterns, edges, classes, width)) {
    if (parent === 0) continue
    const back = stepByKind(failure[parent] ?? 0, classes.of[unit] ?? 0)
    failure[node] = back
    ending[node] = Math.max(ending[node] ?? 0, ending[back] ?? 0)
  }
  const ends = Int32Array.from(ending)
  const rows = quickRows(depth, width, (node, kind) => stepByKind(node, kind))
  return {
    start: 0,
    step(from, unit) {
      const kind = classes.of[unit] ?? 0
      if (kind === 0) return 0
      const row = rows.of[from] ?? 0
      return row === 0 ? stepByKind(from, kind) : (rows.next[row - 1 + kind] ?? 0)
    },
    ending: (state) => ends[state] ?? 0,
    depth: (state) => depth[state] ?? 0,
  }
}

/**
 * Most of a text is in one of the states that are left soonest: at the start, or behind the first unit of a pattern.
 * For these, every next state stands in a row.
 */
function quickRows(
  depth: readonly number[],
  width: number,
  step: (node: number, kind: number) => number,
): { readonly of: Int32Array; readonly next: Int32Array } {
  const shallow = [0, ...depth.keys()].filter((node, at) => at === 0 || depth[node] === 1)
  const of = new Int32Array(depth.length)
  const next = new Int32Array(shallow.length * width)
  for (const [at, node] of shallow.entries()) {
    of[node] = at * width + 1
    for (let kind = 1; kind < width; kind += 1) next[at * width + kind] = step(node, kind)
  }
  return { of, next }
}

/** Units that occur in patterns, numbered from 1; 0 stands for all others. */
function classesOf(patterns: readonly Units[]): { readonly of: Uint16Array; readonly count: number } {
  const of = new Uint16Array(65_536)
  let count = 1
  for (const pattern of patterns) {
    for (let at = 0; at < pattern.length; at += 1) {
      const unit = pattern[at] ?? 0
      if (of[unit] === 0) of[unit] = count++
    }
  }
  return { of, count }
}

/** From node and class to node; 0: there is none. Open addressing in two flat arrays. */
function createEdges(most: number): { get(key: number): number; set(key: number, node: number): void } {
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, most * 3)))
  const keys = new Float64Array(size).fill(-1)
  const nodes = new Int32Array(size)
  const slot = (key: number): number => {
    let at = Math.imul(key | 0, 0x9e37_79b1) >>> 0
    for (at &= size - 1; keys[at] !== -1 && keys[at] !== key; at = (at + 1) & (size - 1));
    return at
  }
  return {
    get: (key) => nodes[slot(key)] ?? 0,
    set(key, node) {
      const at = slot(key)
      keys[at] = key
      nodes[at] = node
    },
  }
}

interface Edge {
  readonly node: number
  readonly parent: number
  readonly unit: number
}

function edgesByDepth(
  patterns: readonly Units[],
  edges: ReturnType<typeof createEdges>,
  classes: ReturnType<typeof classesOf>,
  width: number,
): readonly Edge[] {
  const found: Edge[][] = []
  const seen = new Set<number>()
  for (const pattern of patterns) {
    let parent = 0
    for (let at = 0; at < pattern.length; at += 1) {
      const unit = pattern[at] ?? 0
      const node = edges.get(parent * width + (classes.of[unit] ?? 0))
      if (!seen.has(node)) (found[at] ??= []).push({ node, parent, unit })
      seen.add(node)
      parent = node
    }
  }
  return found.flat()
}

/** Adds a region behind others; what overlaps or touches becomes one. */
export function addRegion(regions: Region[], start: number, end: number): void {
  let from = start
  for (let last = regions.at(-1); last !== undefined && last.end >= from; last = regions.at(-1)) {
    from = Math.min(from, last.start)
    regions.pop()
  }
  regions.push({ start: from, end })
}
