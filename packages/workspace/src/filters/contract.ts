import type { Setting } from '../git/environment.js'

/** A git command in which content filters run. */
export interface FilteringCommand {
  readonly args: readonly string[]
  readonly cwd: string
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>
  /** Folders that git and the filters write to; everything else of the repository is for reading. */
  readonly writable: readonly string[]
  /** Receives stdout, byte for byte. */
  readonly stdoutFile: string
}

/**
 * Runs such a command to its end, where what a filter starts can do no harm: filters are programs of the user that work
 * on what an agent wrote.
 */
export type RunFiltering = (
  command: FilteringCommand,
) => Promise<{ readonly code: number | null; readonly stderr: string }>

/** The content filters (`filter=` in `.gitattributes`) of a commit, as the user has configured them. */
export interface ContentFilters {
  /** The commit that uses them; null: none, as in what an agent has added. */
  readonly commit: string | null
  /** The environment that they were looked up with. */
  readonly given: Readonly<Record<string, string | undefined>>
  /** Names that the attributes of the commit use, configured or not. */
  readonly names: readonly string[]
  /** Configuration that defines those of them that the user has configured; empty: there is nothing to run. */
  readonly settings: readonly Setting[]
  /** What the drivers see besides what git itself needs. */
  readonly env: Readonly<Record<string, string>>
  /** Folders that the drivers keep their own things in. */
  readonly writable: readonly string[]
  /** `filter` attributes that the user has set for this repository (first) and for all repositories, outside of commits. */
  readonly attributes: readonly [own: string, everywhere: string]
  /** For people: what will be done without a driver that is named. */
  readonly warnings: readonly string[]
}

/** Content filters, and the way to run them. */
export interface RunnableFilters extends ContentFilters {
  readonly run: RunFiltering
}
