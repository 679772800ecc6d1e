import type { Spent } from '@gump/history'

/** How many turns were taken. */
export interface Turns {
  readonly known: number
  /** Those of a launch could not be counted: there were more. */
  readonly unknown: boolean
}

/** The turns of what was used. */
export function turnsOf({ turns, uncounted }: Spent): Turns {
  return { known: turns, unknown: uncounted > 0 }
}
