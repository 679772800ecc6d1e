/**
 * What a node of the tree is: a step of a workflow; a task of a split, or an item that a group repeats over; a workflow that judges an
 * attempt, as a gate or for a retry; one that GET calls; the split that takes the place of an item's steps; a part that it made.
 */
export type Place =
  | 'run'
  | 'step'
  | 'task'
  | 'gate_validator'
  | 'retry_validator'
  | 'get'
  | 'resplit'
  | 'part'

/** The path segment of the split that takes the place of an item's steps; a dot keeps it apart from their names. */
export const replanSegment = 'replan.1'

/** The path segment of a workflow that judges an attempt as a gate. */
export function gateSegment(gate: string): string {
  return `gate.${gate}`
}

/** The path segment of a workflow that a retry entry asks; entries count from 0. */
export function retrySegment(entry: number): string {
  return `retry.${entry + 1}`
}

/** The path segment of a workflow that GET calls. */
export function getSegment(reference: string): string {
  return `get.${reference.split('/').at(-1) ?? reference}`
}

/** What a segment alone tells: names of steps and tasks have no dots. */
export function placeOfSegment(segment: string): Exclude<Place, 'run' | 'task' | 'part'> {
  if (!segment.includes('.')) return 'step'
  if (segment === replanSegment) return 'resplit'
  if (segment.startsWith('get.')) return 'get'
  return segment.startsWith('gate.') ? 'gate_validator' : 'retry_validator'
}

/** True for what stands aside: workflows that judge or inform. What happens in them is an answer and leaves no commit. */
export function isAside(place: Place): boolean {
  return place === 'gate_validator' || place === 'retry_validator' || place === 'get'
}

/** True for a path that leads into a workflow that judges or informs. */
export function leadsAside(path: readonly string[]): boolean {
  return path.some((segment) => isAside(placeOfSegment(segment)))
}
