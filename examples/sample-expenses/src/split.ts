/** The shares, in cents, when people split an amount evenly. */
export function splitEvenly(amount: number, people: number): number[] {
  return Array.from({ length: people }, () => Math.floor(amount / people))
}
