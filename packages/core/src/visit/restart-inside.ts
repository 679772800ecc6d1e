import type { Step } from '@gump/schema'
import { innerSteps, repeats } from '../plan.js'
import { replanSegment } from '@gump/history'
import { insideOf } from '../inside.js'
import type { Cursor } from './cursor.js'

/**
 * What a group enters again when its retry goes back to a step inside it: in the item that failed, or in the group when
 * it repeats over none, that step and what follows; everything before stays. Null when no such step is inside.
 */
export function restartedInside(
  { step: group, path, node }: Cursor,
  failed: string | null,
  from: string,
): readonly string[] | null {
  const steps = innerSteps(group)
  const first = steps.findIndex(({ name }) => name === from)
  if (group.kind !== 'group' || first === -1) return null
  if (!repeats(group)) return stepsFrom(path, steps, first, failed)
  const items = insideOf(node)
  if (failed === null) {
    // The gates of the group judge all items. Later ones build on what is undone, so they run again as a whole.
    const [head, ...later] = items
    if (group.parallel !== undefined || head === undefined) return items.map((item) => `${path}/${item}`)
    return [...stepsFrom(`${path}/${head}`, steps, first, null), ...later.map((item) => `${path}/${item}`)]
  }
  return stepsFrom(itemOf(path, failed), steps, first, failed)
}

/** The item, or the innermost of the parts that it was split into, that a failed step belongs to. */
function itemOf(path: string, failed: string): string {
  const below = failed.slice(path.length + 1).split('/')
  const split = below.lastIndexOf(replanSegment)
  return [path, ...below.slice(0, split === -1 ? 1 : split + 2)].join('/')
}

/** A step that failed before the one to go back to has to run again as well. */
function stepsFrom(
  path: string,
  steps: readonly Step[],
  first: number,
  failed: string | null,
): readonly string[] {
  const [name] = failed === null ? [] : failed.slice(path.length + 1).split('/')
  const own = steps.findIndex((step) => step.name === name)
  return steps.slice(own === -1 ? first : Math.min(first, own)).map((step) => `${path}/${step.name}`)
}
