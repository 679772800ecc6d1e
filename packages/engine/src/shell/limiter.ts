/** Seam: how many agents may be alive at once; a fleet could ask elsewhere. */
export interface Limiter {
  /** Resolves with a release function when there is a place, or rejects when the signal fires first. */
  acquire(adapter: string, signal: AbortSignal): Promise<() => void>
}

/** One number for all providers of this process; asked for whenever a place is taken, because a resume may change it. */
export function createLimiter(places: () => number): Limiter {
  let taken = 0
  const waiting: (() => void)[] = []
  const release = (): void => {
    taken -= 1
    if (taken < Math.max(1, places())) waiting.shift()?.()
  }
  return {
    acquire(_adapter, signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason)
        const enter = (): void => {
          signal.removeEventListener('abort', leave)
          taken += 1
          let released = false
          resolve(() => {
            if (!released) release()
            released = true
          })
        }
        const leave = (): void => {
          const index = waiting.indexOf(enter)
          if (index >= 0) waiting.splice(index, 1)
          reject(signal.reason)
        }
        if (taken < Math.max(1, places())) enter()
        else {
          waiting.push(enter)
          signal.addEventListener('abort', leave, { once: true })
        }
      })
    },
  }
}
