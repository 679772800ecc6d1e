import type { LedgerEvent } from '@gump/ledger'
import type { PointId } from './fault-counter.js'

/** A fault point and what is known about it. */
export interface PlacedPoint extends PointId {
  /** The kind of step that had begun last, and whether it was at it again: `code`, `code again`, `gate`, … */
  readonly place: string
  /** Nothing on the disk had changed since the point before: to die here is to die there. */
  readonly unchanged: boolean
}

/**
 * Says of every point what was in progress: the names of appends tell how far the ledger was. Where branches run side by
 * side this is the branch that had begun last.
 *
 * @param points - in the order in which they were passed.
 */
export function placePoints(
  points: readonly PointId[],
  unchanged: readonly boolean[],
  events: readonly LedgerEvent[],
): readonly PlacedPoint[] {
  let written = 0
  let place = 'start'
  return points.map((point, index) => {
    const types = /^append:(.+):done$/u.exec(point.name)?.[1]?.split('+').length ?? 0
    for (const event of events.slice(written, written + types)) place = placeOf(event) ?? place
    written += types
    return { ...point, place, unchanged: unchanged[index] === true }
  })
}

/**
 * Leaves out points at which nothing had changed, and repetitions: of points with the same name at the same kind of
 * step, `keep` stay. The path of a step is not part of a name here.
 */
export function thinPoints(points: readonly PlacedPoint[], keep: number): readonly PlacedPoint[] {
  const seen = new Map<string, number>()
  return points.filter((point) => {
    if (point.unchanged) return false
    const key = `${point.name.replace(/:.*\//u, ':')} at ${point.place}`
    const times = (seen.get(key) ?? 0) + 1
    seen.set(key, times)
    return times <= keep
  })
}

function placeOf(event: LedgerEvent): string | null {
  if (event.type === 'group_started') return event.attempt > 1 ? 'group again' : 'group'
  if (event.type !== 'step_started') return null
  const kind = event.step_type ?? event.kind
  return event.attempt > 1 || event.round > 1 ? `${kind} again` : kind
}
