import type { ContainerIdentity } from '../contract.js'
import {
  cgroupEmptied,
  cgroupPids,
  containerCgroup,
  killCgroup,
  removeCgroup,
} from '../containment/cgroup.js'
import { startedAt } from '../kernel/identity.js'
import { sweep } from './sweep.js'

/** What is known about the container of a dead engine. */
export type LeftoverIdentity = Pick<ContainerIdentity, 'container'> & Partial<ContainerIdentity>

/**
 * Kills what a dead engine left of a container: whoever carries its marker, the process that was started together
 * with its session if it still is the same process, and the container's cgroup below `cgroupParent`.
 *
 * @returns how many processes were found
 */
export async function killLeftovers(identity: LeftoverIdentity, cgroupParent?: string): Promise<number> {
  const { container, pid, pidStart } = identity
  // Long after the end of the leader its number may name somebody else's session, so it must be there now.
  const isLeader = pid !== undefined && pidStart !== undefined && startedAt(pid) === pidStart
  let found = await sweep(isLeader ? { container, leader: { pid, pidStart } } : { container })
  if (cgroupParent !== undefined) {
    const folder = containerCgroup(cgroupParent, container)
    found += cgroupPids(folder).length
    killCgroup(folder)
    await cgroupEmptied(folder, container)
    removeCgroup(folder)
  }
  return found
}
