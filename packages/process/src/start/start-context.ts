import type { Capabilities } from '../containment/probe.js'
import type { Reaper } from '../reaper/reaper.js'
import type { PipePool } from '../streams/pipe-pool.js'

/** What all containers of a runner share. */
export interface StartContext {
  readonly capabilities: Capabilities
  readonly reaper: Reaper
  readonly pipes: PipePool
  readonly maxLineBytes: number
  readonly graceMs: number
  readonly tempDir: string
  /** Writable under a strict sandbox, too. */
  readonly tempDirs: readonly string[]
  /** Ids in use, so that no container is mistaken for another. */
  readonly active: Set<string>
}
