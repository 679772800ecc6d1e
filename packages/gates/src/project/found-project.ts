import type { Ecosystem } from '../commands/ecosystem.js'

/** A project that was recognised. */
export interface FoundProject {
  readonly ecosystem: Ecosystem
  /** Relative to the root; `''` is the root itself. */
  readonly folder: string
  readonly marker: string
}
