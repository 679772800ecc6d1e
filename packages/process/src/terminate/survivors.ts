import { GumpError } from '@gump/errors'
import { isAlive, processKey, type ProcessIdentity } from '../kernel/identity.js'

/** How long killed processes may take to die before they count as survivors: only ones stuck in the kernel do. */
export const DYING_LIMIT_MS = 5000

/** Looks at a process before it counts as a survivor: on a busy machine it may not have run since it was killed. */
const LEAST_LOOKS = 32

/** The error for processes that are still there after {@link DYING_LIMIT_MS}; there has to be at least one. */
export function survived(container: string, pids: readonly number[]): GumpError {
  return new GumpError('GUMP-X002', `processes of ${container} survived being killed: ${pids.join(', ')}`, {
    data: { container, pids },
    remedy: `look at them with ps -fp ${pids.join(',')} and end them by hand`,
  })
}

/** The processes of a container that have been killed, each with its own time to die. */
export interface Dying {
  readonly size: number
  has(identity: ProcessIdentity): boolean
  add(identity: ProcessIdentity): void
  /**
   * Those that are still there.
   *
   * @throws GumpError GUMP-X002 naming those among them whose time is over
   */
  left(): readonly ProcessIdentity[]
}

/** What {@link createDying} asks; the machine by default. */
export interface DyingWorld {
  readonly now: () => number
  readonly isAlive: (identity: ProcessIdentity) => boolean
}

/** The clock and the processes of this machine. */
export const machine: DyingWorld = { now: () => performance.now(), isAlive }

export function createDying(container: string, { now, isAlive: alive }: DyingWorld = machine): Dying {
  const found = new Map<
    string,
    { readonly identity: ProcessIdentity; readonly since: number; looks: number }
  >()
  return {
    get size() {
      return found.size
    },
    has: (identity) => found.has(processKey(identity)),
    add: (identity) => void found.set(processKey(identity), { identity, since: now(), looks: 0 }),
    left() {
      const left = [...found.values()].filter(({ identity }) => alive(identity))
      for (const entry of left) entry.looks += 1
      const over = left.filter(({ since, looks }) => looks > LEAST_LOOKS && now() - since > DYING_LIMIT_MS)
      if (over.length > 0)
        throw survived(
          container,
          over.map(({ identity }) => identity.pid),
        )
      return left.map(({ identity }) => identity)
    },
  }
}
