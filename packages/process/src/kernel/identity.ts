import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { isRunning, readProcessStat } from './process-stat.js'

/** Names one process, also after its pid was given to another. */
export interface ProcessIdentity {
  readonly pid: number
  /** As {@link startedAt} returned it. */
  readonly pidStart: string
}

/** One text per process, for sets and maps. */
export function processKey({ pid, pidStart }: ProcessIdentity): string {
  return `${pid}:${pidStart}`
}

/**
 * When the kernel started the process, as a decimal string: clock ticks since boot on Linux, seconds since the epoch
 * on macOS; `undefined` when there is no such process. Only good for comparing.
 */
export function startedAt(pid: number): string | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined
  if (process.platform === 'linux') return readProcessStat(pid)?.start
  const seconds = Date.parse(ask('ps', ['-o', 'lstart=', '-p', String(pid)]) ?? '') / 1000
  return Number.isNaN(seconds) ? undefined : String(seconds)
}

/** True when exactly this process still runs: a zombie or another process with its pid does not count. */
export function isAlive(identity: ProcessIdentity): boolean {
  if (!Number.isSafeInteger(identity.pid) || identity.pid <= 0) return false
  if (process.platform === 'linux') {
    const stat = readProcessStat(identity.pid)
    return isRunning(stat) && stat.start === identity.pidStart
  }
  if (startedAt(identity.pid) !== identity.pidStart) return false
  return ask('ps', ['-o', 'stat=', '-p', String(identity.pid)])?.startsWith('Z') === false
}

/** Changes with every boot of the machine; `undefined` where the system does not say. */
export function bootId(): string | undefined {
  if (process.platform !== 'linux') return ask('sysctl', ['-n', 'kern.bootsessionuuid'])
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return undefined
  }
}

const ENV = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C' }

function ask(file: string, args: readonly string[]): string | undefined {
  try {
    const text = execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env: ENV })
    return text.trim() || undefined
  } catch {
    return undefined
  }
}
