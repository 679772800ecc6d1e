/** A fixed sequence of numbers that look random: the same seed gives the same checks on every machine. */
export function createSequence(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761 + 1) >>> 0
  return (below) => {
    // Xorshift, 32 bits.
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state % below
  }
}
