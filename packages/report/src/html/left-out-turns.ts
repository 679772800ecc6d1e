import type { TurnReport } from '../report.js'

/** How many turns are missing before one, by its number and that of the one before it. */
export function leftOutBefore({ n }: TurnReport, before: TurnReport | undefined): number {
  return before === undefined ? 0 : Math.max(0, n - before.n - 1)
}
