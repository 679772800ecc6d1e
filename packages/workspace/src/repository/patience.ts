/** When to give up. */
export interface Patience {
  readonly attempts: number
  /** First pause in milliseconds; doubles up to ten times that. */
  readonly pauseMs: number
}

/**
 * Calls `attempt` until it returns something else than null, with growing pauses of random length between, so that
 * processes that collided do not collide again. Null when patience ran out.
 */
export async function persist<T>(
  { attempts, pauseMs }: Patience,
  attempt: (n: number) => Promise<T | null>,
): Promise<T | null> {
  for (let n = 0; n < attempts; n += 1) {
    const result = await attempt(n)
    if (result !== null) return result
    if (n + 1 < attempts) await pause(Math.min(pauseMs * 2 ** n, pauseMs * 10) * (0.5 + Math.random()))
  }
  return null
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
