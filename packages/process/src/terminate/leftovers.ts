import type { LeftoverContainer } from '../contract.js'
import {
  cgroupEmptied,
  cgroupPids,
  containerCgroup,
  killCgroup,
  removeCgroup,
} from '../containment/cgroup.js'
import { startedAt } from '../kernel/identity.js'
import { sweep } from './sweep.js'

/**
 * Kills what a dead engine left: every process that carries a marker of `owner`, and of each known container the process that was
 * started together with its session if it still is the same process, and its cgroup below `cgroupParent`.
 *
 * @returns how many processes were found
 */
export async function killLeftovers(
  owner: string,
  known: readonly LeftoverContainer[],
  cgroupParent?: string,
): Promise<number> {
  let found = await sweep({ container: owner, withInner: true })
  for (const { container, pid, pidStart } of known) {
    // Long after the end of the leader its number may name another process's session, so it must be there now.
    if (pid !== undefined && pidStart !== undefined && startedAt(pid) === pidStart) {
      found += await sweep({ container, leader: { pid, pidStart } })
    }
    if (cgroupParent !== undefined) found += await emptyCgroup(cgroupParent, container)
  }
  return found
}

async function emptyCgroup(parent: string, container: string): Promise<number> {
  const folder = containerCgroup(parent, container)
  const found = cgroupPids(folder).length
  killCgroup(folder)
  await cgroupEmptied(folder, container)
  removeCgroup(folder)
  return found
}
