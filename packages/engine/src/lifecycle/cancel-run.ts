import { GumpError } from '@gump/errors'
import { ownerState, readOwner, type RunLocation } from '@gump/ledger'
import { isAlive } from '@gump/process'
import { killLeftoversOf } from './leftovers.js'
import { probeOwner } from './owner.js'
import type { Setup } from './setup.js'

const pollMs = 50
const patienceMs = 10_000

/**
 * Asks the process that owns a run to stop, as a first Ctrl-C would, and waits until it has given the run back.
 *
 * @throws GumpError `GUMP-R005` when nobody runs it: `ended` in its data counts what a dead owner had left, which is
 * killed; `GUMP-X002` when the owner does not stop.
 */
export async function cancelRun(
  setup: Setup,
  location: RunLocation,
  signal: (pid: number) => void,
): Promise<void> {
  const owner = readOwner(location.dir)
  const identity = owner?.identity
  const state = ownerState(location.dir, probeOwner)
  if (identity == null || state !== 'alive') {
    const ended = state === 'dead' ? await killLeftoversOf(setup.ambient.processes, location) : 0
    throw new GumpError('GUMP-R005', `no process is running ${location.alias ?? location.id}`, {
      data: { ended },
      remedy: 'gump runs shows how it ended',
    })
  }
  signal(identity.pid)
  const { clock } = setup.ambient
  const until = clock.now() + patienceMs
  const gone = (): boolean =>
    readOwner(location.dir)?.ended === true ||
    !isAlive({ pid: identity.pid, pidStart: identity.pidStart ?? '' })
  while (!gone()) {
    if (clock.now() > until) {
      throw new GumpError('GUMP-X002', `process ${identity.pid} does not stop`, {
        data: { pid: identity.pid },
      })
    }
    await new Promise<void>((resolve) => clock.timer(pollMs, resolve))
  }
}
