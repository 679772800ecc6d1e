import { isAlive, processKey, type ProcessIdentity } from '../kernel/identity.js'
import { findMembers, type MembersQuery } from '../kernel/members.js'
import { createBackoff } from './backoff.js'
import { sendSignal } from './send-signal.js'
import { DYING_LIMIT_MS, survived } from './survivors.js'

/** Looks, over 23 ms, granted to processes that could not be told; then they are taken for somebody else's. */
const UNCLEAR_LOOKS = 6

/**
 * Kills the processes of a container, again and again, until a look finds no more, the killed ones are gone, and one
 * last look confirms it. A process that has been sent KILL gives birth to no other.
 *
 * @returns how many processes were found
 * @throws GumpError GUMP-X002 when some survive for 5 s
 */
export async function sweep(query: MembersQuery): Promise<number> {
  const deadline = performance.now() + DYING_LIMIT_MS
  const found = new Map<string, ProcessIdentity>()
  const seen = new Set<string>()
  let pause = createBackoff()
  let looks = 0
  let confirming = false
  for (;;) {
    const { members, unreadable, ended } = findMembers(query)
    const fresh = members.filter((member) => !found.has(processKey(member)))
    for (const member of members) sendSignal(member.pid, 'SIGKILL')
    for (const member of fresh) found.set(processKey(member), member)
    const surprises = ended.filter((key) => !found.has(key) && !seen.has(key))
    for (const key of surprises) seen.add(key)
    const alive = fresh.length > 0 ? [] : [...found.values()].filter(isAlive)

    if (performance.now() > deadline)
      throw survived(query.container, [...new Set([...members, ...alive].map(({ pid }) => pid))])
    if (fresh.length > 0) {
      confirming = false
      pause = createBackoff()
    } else if ((unreadable > 0 || surprises.length > 0) && looks < UNCLEAR_LOOKS) {
      looks += 1
    } else if (alive.length === 0 && (confirming || found.size === 0)) {
      return found.size
    } else {
      await gone(alive, deadline)
      confirming = true
      continue
    }
    await pause()
  }
}

/** Waits for killed processes, without looking at all others meanwhile. */
async function gone(dying: readonly ProcessIdentity[], deadline: number): Promise<void> {
  for (const pause = createBackoff(); dying.some(isAlive) && performance.now() < deadline;) await pause()
}
