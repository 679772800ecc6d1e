// Random numbers for benchmarks, the same for the same seed.

/** Numbers from 0 to 1: mulberry32. */
export function streamOf(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

export function shuffled(items, random) {
  const rest = [...items]
  for (let n = rest.length - 1; n > 0; n -= 1) {
    const other = Math.floor(random() * (n + 1))
    ;[rest[n], rest[other]] = [rest[other], rest[n]]
  }
  return rest
}
