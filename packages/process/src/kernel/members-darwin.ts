import { execFileSync } from 'node:child_process'
import { CONTAINER_VARIABLE } from '../environment/environment-for.js'
import { startedAt, type ProcessIdentity } from './identity.js'
import type { Members, MembersQuery } from './members-query.js'

/**
 * {@link findMembers} by way of `ps -E`, which shows the environment of one's own processes. Best effort: macOS
 * hides the environment of its protected programs, and a start time has a resolution of one second.
 */
export function membersByPs(query: MembersQuery): Members {
  const leader = query.leader !== undefined && isUsable(query.leader) ? query.leader : undefined
  const members: ProcessIdentity[] = []
  for (const row of parsePs(listing())) {
    if (row.pid === process.pid || row.pid <= 1 || row.state.startsWith('Z')) continue
    const related = leader !== undefined && row.group === leader.pid
    if (!related && !isMarked(row.command, query)) continue
    const pidStart = startedAt(row.pid)
    if (pidStart !== undefined) members.push({ pid: row.pid, pidStart })
  }
  return { members, unreadable: 0, ended: [] }
}

/** One line of `ps -o pid=,pgid=,stat=,command=`. */
export interface PsRow {
  readonly pid: number
  readonly group: number
  readonly state: string
  /** Arguments, then the environment. */
  readonly command: string
}

/** Parses the listing; lines that are not rows are skipped. */
export function parsePs(text: string): PsRow[] {
  const rows: PsRow[] = []
  for (const line of text.split('\n')) {
    const match = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line)
    if (match === null) continue
    const [, pid, group, state = '', command = ''] = match
    rows.push({ pid: Number(pid), group: Number(group), state, command })
  }
  return rows
}

/** True when the marker is among the blank-separated words of `command`. */
export function isMarked(command: string, { container, withInner = false }: MembersQuery): boolean {
  const marker = ` ${CONTAINER_VARIABLE}=${container}`
  const words = ` ${command} `
  return words.includes(`${marker} `) || (withInner && words.includes(`${marker}/`))
}

function isUsable(leader: ProcessIdentity): boolean {
  const start = startedAt(leader.pid)
  return start === undefined || start === leader.pidStart
}

function listing(): string {
  try {
    const args = ['-axEww', '-o', 'pid=,pgid=,stat=,command=']
    return execFileSync('/bin/ps', args, {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } catch {
    return ''
  }
}
