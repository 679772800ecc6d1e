/** How many turns were taken. */
export interface Turns {
  readonly known: number
  /** Those of a launch could not be counted: there were more. */
  readonly unknown: boolean
}

export const noTurns: Turns = { known: 0, unknown: false }

export function addTurns(a: Turns, b: Turns): Turns {
  return { known: a.known + b.known, unknown: a.unknown || b.unknown }
}
