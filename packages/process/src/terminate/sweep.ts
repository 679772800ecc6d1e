import { processKey } from '../kernel/identity.js'
import { findMembers } from '../kernel/members.js'
import type { Members, MembersQuery } from '../kernel/members-query.js'
import { createBackoff } from './backoff.js'
import { sendSignal } from './send-signal.js'
import { createDying, type Dying, type DyingWorld, machine, survived } from './survivors.js'

/** Looks, over 23 ms, granted to processes that could not be assigned; then they are taken for unrelated processes. */
const UNCLEAR_LOOKS = 6

/** After this long, processes that still bring forth new ones are more than a sweep can end. */
const ENDLESS_MS = 60_000

/** What {@link sweep} works with; the machine by default. */
export interface SweepWorld extends DyingWorld {
  readonly look: (query: MembersQuery) => Members
  readonly kill: (pid: number) => void
  readonly createPause: () => () => Promise<void>
}

/**
 * Kills the processes of a container, again and again, until a look finds no more, the killed ones are gone, and one
 * last look confirms it. A process that has been sent KILL gives birth to no other. How long all of it takes does not
 * matter: only a process that has been killed and stays is a failure.
 *
 * @returns how many processes were found
 * @throws GumpError GUMP-X002 when some survive for 5 s
 */
export async function sweep(query: MembersQuery, world: Partial<SweepWorld> = {}): Promise<number> {
  const { look, kill, createPause, now } = { ...wholeMachine, ...world }
  const dying = createDying(query.container, { ...wholeMachine, ...world })
  const began = now()
  const seen = new Set<string>()
  let pause = createPause()
  let looks = 0
  let confirming = false
  for (;;) {
    const { members, unreadable, ended } = look(query)
    const fresh = members.filter((member) => !dying.has(member))
    for (const member of members) kill(member.pid)
    for (const member of fresh) dying.add(member)
    const known = new Set(members.map(processKey))
    const surprises = ended.filter((key) => !known.has(key) && !seen.has(key))
    for (const key of [...surprises, ...known]) seen.add(key)

    if (fresh.length > 0 && now() - began > ENDLESS_MS) {
      throw survived(
        query.container,
        fresh.map(({ pid }) => pid),
      )
    }
    if (fresh.length > 0) {
      confirming = false
      pause = createPause()
    } else if ((unreadable > 0 || surprises.length > 0) && looks < UNCLEAR_LOOKS) {
      looks += 1
    } else if (dying.left().length === 0 && (confirming || dying.size === 0)) {
      return dying.size
    } else {
      await gone(dying, createPause())
      confirming = true
      continue
    }
    await pause()
  }
}

/** Waits for killed processes, without looking at all others meanwhile. */
async function gone(dying: Dying, pause: () => Promise<void>): Promise<void> {
  while (dying.left().length > 0) await pause()
}

const wholeMachine: SweepWorld = {
  ...machine,
  look: findMembers,
  kill: (pid) => void sendSignal(pid, 'SIGKILL'),
  createPause: createBackoff,
}
