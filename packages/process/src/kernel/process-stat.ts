import { closeSync, openSync, readSync } from 'node:fs'

/** What `/proc/<pid>/stat` says about a process. */
export interface ProcessStat {
  readonly pid: number
  /** `R`, `S`, `D`, `Z` (zombie), `X` (dead), … */
  readonly state: string
  readonly parent: number
  readonly group: number
  readonly session: number
  /** Clock ticks since boot, decimal. With the pid it names one process for as long as the machine is up. */
  readonly start: string
  /** 0 for kernel threads and for processes whose memory is already gone. */
  readonly memory: number
}

/** Parses `/proc/<pid>/stat`. The command's name may hold blanks, parentheses and line ends: the last `)` ends it. */
export function parseProcessStat(text: string): ProcessStat | undefined {
  const open = text.indexOf(' (')
  const close = text.lastIndexOf(') ')
  if (open === -1 || close < open) return undefined
  const pid = Number(text.slice(0, open))
  // Fields from the third on; see proc_pid_stat(5).
  const fields = text.slice(close + 2).split(' ')
  const [state, parent, group, session] = fields
  const start = fields[19]
  const memory = fields[20]
  if (!Number.isSafeInteger(pid) || state === undefined || start === undefined || !/^\d+$/.test(start))
    return undefined
  return {
    pid,
    state,
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    start,
    memory: Number(memory),
  }
}

/** True when the process has not ended: a zombie only waits for its parent to notice. */
export function isRunning(stat: ProcessStat | undefined): stat is ProcessStat {
  return stat !== undefined && stat.state !== 'Z' && stat.state !== 'X' && stat.state !== 'x'
}

/** The kernel's record of a process, or `undefined` when there is none. Linux. */
export function readProcessStat(pid: number | string): ProcessStat | undefined {
  const bytes = readProcFile(`/proc/${pid}/stat`)
  return bytes === undefined ? undefined : parseProcessStat(bytes.toString('latin1'))
}

let shared: Buffer = Buffer.allocUnsafe(16 * 1024)

/**
 * Reads a file of `/proc` whole, or `undefined`. Synchronous because a sweep reads hundreds of them and each takes
 * microseconds. The result is only valid until the next call.
 */
export function readProcFile(path: string): Buffer | undefined {
  let descriptor: number
  try {
    descriptor = openSync(path, 'r')
  } catch {
    return undefined
  }
  try {
    let length = 0
    for (;;) {
      const size = readSync(descriptor, shared, length, shared.length - length, null)
      if (size === 0) return shared.subarray(0, length)
      length += size
      if (length === shared.length) shared = Buffer.concat([shared, Buffer.allocUnsafe(shared.length)])
    }
  } catch {
    return undefined
  } finally {
    closeSync(descriptor)
  }
}
