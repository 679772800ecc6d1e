import type { FaultPoint } from '@gump/engine'

/** One time that a run passes a named place: its name without what differs from run to run, and which time it is. */
export interface PointId {
  readonly name: string
  /** From 1. */
  readonly nth: number
}

/** Follows a run through its fault points. */
export interface FaultCounter {
  readonly fault: FaultPoint
  /** All that were passed so far, in their order. */
  readonly passed: readonly PointId[]
}

const runId = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/gu

/** @param reached - called at every point, with the work of the caller still to be done. */
export function countFaults(reached: (point: PointId) => void = () => {}): FaultCounter {
  const times = new Map<string, number>()
  const passed: PointId[] = []
  return {
    passed,
    fault(raw) {
      const name = raw.replaceAll(runId, 'RUN')
      const nth = (times.get(name) ?? 0) + 1
      times.set(name, nth)
      const point = { name, nth }
      passed.push(point)
      reached(point)
    },
  }
}
