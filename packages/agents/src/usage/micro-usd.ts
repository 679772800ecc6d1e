/** Whole millionths of a dollar, so that sums do not drift. */
export type MicroUsd = number

/** Nearest micro-dollar of an amount in USD. */
export function toMicroUsd(usd: number): MicroUsd {
  return Math.round(usd * 1_000_000)
}

/** USD of a whole number of micro-dollars. */
export function fromMicroUsd(micro: MicroUsd): number {
  return micro / 1_000_000
}
