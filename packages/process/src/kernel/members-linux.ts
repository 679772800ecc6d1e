import { readdirSync } from 'node:fs'
import { CONTAINER_VARIABLE } from '../environment/environment-for.js'
import { processKey, type ProcessIdentity } from './identity.js'
import type { Members, MembersQuery } from './members-query.js'
import { isRunning, readProcFile, readProcessStat } from './process-stat.js'

const KERNEL_THREADS = 2
/** What the marker's value may be followed by: the end of the variable, or the rest of an inner container's id. */
const END = 0
const SLASH = 47

/** {@link findMembers} by way of `/proc`. Processes of other users cannot be inspected and are skipped. */
export function membersByProc(query: MembersQuery): Members {
  const marker = Buffer.from(`${CONTAINER_VARIABLE}=${query.container}`)
  const ends = query.withInner === true ? [END, SLASH] : [END]
  const leader = usable(query.leader)
  const since = query.leader === undefined ? 0 : Number(query.leader.pidStart)
  const members: ProcessIdentity[] = []
  const ended: string[] = []
  let unreadable = 0
  // The names are a snapshot; a process born later shows in the next look.
  for (const name of readdirSync('/proc')) {
    const first = name.charCodeAt(0)
    if (first < 48 || first > 57 || name === '1') continue
    const stat = readProcessStat(name)
    if (stat === undefined) {
      ended.push(name)
      continue
    }
    // Whatever is older than the container's first process cannot be its child: most processes, one read each.
    if (stat.pid === process.pid || stat.parent === KERNEL_THREADS || Number(stat.start) < since) continue
    const identity = { pid: stat.pid, pidStart: stat.start }
    if (!isRunning(stat)) {
      ended.push(processKey(identity))
      continue
    }
    const related = leader !== undefined && (stat.session === leader.pid || stat.group === leader.pid)
    const environment = related ? undefined : readProcFile(`/proc/${name}/environ`)
    if (related || (environment !== undefined && carries(environment, marker, ends))) {
      members.push(identity)
    } else if (environment?.length === 0 && stat.memory > 0) {
      unreadable += 1
    }
  }
  return { members, unreadable, ended }
}

/** Not when the pid was given to another process: the session or group of that number would be that one's. */
function usable(leader: ProcessIdentity | undefined): ProcessIdentity | undefined {
  if (leader === undefined) return undefined
  const stat = readProcessStat(leader.pid)
  return stat === undefined || stat.start === leader.pidStart ? leader : undefined
}

function carries(environment: Buffer, marker: Buffer, ends: readonly number[]): boolean {
  for (let at = environment.indexOf(marker); at !== -1; at = environment.indexOf(marker, at + 1)) {
    const next = environment[at + marker.length]
    if ((at === 0 || environment[at - 1] === END) && next !== undefined && ends.includes(next)) return true
  }
  return false
}
