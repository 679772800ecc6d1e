import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import type { ProcessIdentity } from '../kernel/identity.js'
import { REAP_SCRIPT, WAIT_SCRIPT } from './script.js'

/** What the reaper must know to kill one container without the engine. */
export interface ReaperEntry {
  readonly container: string
  /** The process that was started, which leads its own group. */
  readonly leader?: ProcessIdentity
  /** The first process of the container's PID namespace. */
  readonly init?: ProcessIdentity
  /** Absolute path of the container's cgroup. */
  readonly cgroup?: string
}

/** The process that kills the containers of an engine which died without doing so itself. */
export interface Reaper {
  /** Before the spawn, and again when more is known. Rejects when the reaper cannot be started. */
  guard(entry: ReaperEntry): Promise<void>
  /** When nothing of the container is left. */
  release(container: string): void
}

/** A reaper that lived shorter than this is not started again on its own. */
const SHORTEST_LIFE_MS = 1000

/**
 * Starts the reaper with the first container. It holds the reading end of a pipe whose writing end only the engine
 * has, so the kernel tells it of the engine's end however that came about; what was written before is still read.
 */
export function createReaper(node: string): Reaper {
  const live = new Map<string, ReaperEntry>()
  let running: { readonly child: ChildProcess; readonly ready: Promise<unknown> } | undefined

  const tell = (message: string): void => {
    running?.child.stdin?.write(`${message}\n`)
  }

  const ensure = async (): Promise<void> => {
    if (running === undefined) {
      const child = spawn('/bin/sh', ['-c', WAIT_SCRIPT, 'gump-reaper', node], {
        cwd: '/',
        // Without the marker an outer Gump may have put on us: it would kill the reaper together with the engine.
        env: { PATH: '/usr/bin:/bin', REAP_SCRIPT },
        detached: true,
        stdio: ['pipe', 'ignore', 'ignore'],
      })
      const born = performance.now()
      const ready = once(child, 'spawn')
      const mine = { child, ready }
      running = mine
      child.once('exit', () => {
        if (running === mine) running = undefined
        if (live.size > 0 && performance.now() - born > SHORTEST_LIFE_MS) void ensure().catch(() => {})
      })
      child.stdin.on('error', () => {})
      child.unref()
      ;(child.stdin as Socket).unref()
      for (const entry of live.values()) tell(JSON.stringify(entry))
    }
    const current = running
    try {
      await current.ready
    } catch (error) {
      if (running === current) running = undefined
      throw error
    }
  }

  return {
    async guard(entry) {
      live.set(entry.container, entry)
      if (running !== undefined) tell(JSON.stringify(entry))
      await ensure()
    },
    release(container) {
      if (!live.delete(container)) return
      tell(live.size === 0 ? 'clear' : JSON.stringify({ container, ended: true }))
    },
  }
}
