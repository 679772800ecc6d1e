import type { ContainedProcess, ExitStatus } from '@gump/process'
import type { ShellClock } from './shell-clock.js'

/** Looks at the output within one limit of silence. */
const LOOKS = 5

/** What may end a command before it ends itself. */
export interface Limits {
  readonly timeoutMs: number
  /** How long it may print nothing. */
  readonly idleMs: number
  readonly signal: AbortSignal
  readonly clock: ShellClock
  /** Size of its output so far. */
  readonly outputSize: () => Promise<number>
}

/** How a command ended. */
export interface Ending {
  readonly status: ExitStatus
  readonly timedOut: boolean
  /** For how long it had printed nothing when it was stopped for that; null: it was not. */
  readonly silentMs: number | null
}

/** Waits for the end, and makes one when the time is up, when nothing is printed, or when the run is cancelled. */
export async function supervise(process: ContainedProcess, limits: Limits): Promise<Ending> {
  const { signal, clock, idleMs } = limits
  let timedOut = false
  let silentMs: number | null = null
  let killed: Promise<void> = Promise.resolve()
  const kill = (): void => {
    killed = process.kill()
    // Awaited below, after `exit`; until then a failure must not count as unhandled.
    killed.catch(() => undefined)
  }
  const cancelTimeout = clock.timer(Math.max(0, limits.timeoutMs), () => {
    timedOut = true
    kill()
  })
  let size = -1
  let changedAt = clock.now()
  let cancelLook = (): void => {}
  const look = async (): Promise<void> => {
    const now = await limits.outputSize()
    if (ended) return
    if (now !== size) {
      size = now
      changedAt = clock.now()
    } else if (clock.now() - changedAt >= idleMs) {
      silentMs = clock.now() - changedAt
      timedOut = true
      kill()
      return
    }
    cancelLook = clock.timer(idleMs / LOOKS, () => void look())
  }
  let ended = false
  void look()
  signal.addEventListener('abort', kill, { once: true })
  if (signal.aborted) kill()
  try {
    const status = await process.exit
    await killed
    return { status, timedOut, silentMs }
  } finally {
    ended = true
    cancelTimeout()
    cancelLook()
    signal.removeEventListener('abort', kill)
  }
}
