/** Numbers that look random and are the same for the same seed: mulberry32. */
export function seededRandom(seed: number): {
  below(limit: number): number
  pick<T>(from: readonly T[], count: number): T[]
} {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below,
    pick(from, count) {
      const rest = [...from]
      const picked: (typeof rest)[number][] = []
      while (picked.length < count && rest.length > 0) picked.push(...rest.splice(below(rest.length), 1))
      return picked
    },
  }
}
