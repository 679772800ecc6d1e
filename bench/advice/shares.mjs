/** Counts how often something held. */
export class Shares {
  counts = new Map()

  add(name, holds) {
    const [yes, of] = this.counts.get(name) ?? [0, 0]
    this.counts.set(name, [yes + (holds ? 1 : 0), of + 1])
  }

  /** Adds what another one has counted. */
  take(other) {
    for (const [name, [yes, of]] of other.counts) {
      const [y, o] = this.counts.get(name) ?? [0, 0]
      this.counts.set(name, [y + yes, o + of])
    }
  }

  /** null: never seen. */
  share(name) {
    const [yes, of] = this.counts.get(name) ?? [0, 0]
    return of === 0 ? null : yes / of
  }
}
