import { setImmediate, setTimeout } from 'node:timers/promises'

const LONGEST_MS = 8

/** Waits between looks at something the kernel gives no event for: at once, then 1, 2, 4, 8, 8, … ms. */
export function createBackoff(): () => Promise<void> {
  let next = 0
  return async () => {
    const delay = next
    next = Math.min(LONGEST_MS, delay === 0 ? 1 : 2 * delay)
    if (delay === 0) await setImmediate()
    else await setTimeout(delay)
  }
}
