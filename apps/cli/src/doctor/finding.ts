import type { Configuration } from '../config/configuration.js'
import type { CliContext } from '../context.js'

/** One thing that was looked at. */
export interface Finding {
  readonly area: 'machine' | 'repository' | 'configuration' | 'runs' | 'agents' | 'gates' | 'workflows'
  readonly name: string
  /**
   * `untried`: found, and nobody has tried it. `absent`: not there, and nothing asks for it. `warning`: works, but less
   * well or not yet. `broken`: a run needs it.
   */
  readonly status: 'ok' | 'untried' | 'absent' | 'warning' | 'broken'
  readonly detail: string
  readonly remedy?: string
}

export interface Surroundings {
  readonly context: CliContext
  /** null: it cannot be loaded; that is a finding of its own. */
  readonly config: Configuration | null
  /** Whether the commands of gates are run. */
  readonly tryGates: boolean
  /** Top of the repository, or null outside of one. */
  readonly root: string | null
}

/** Looks at one area. Never throws for what it finds. */
export type Examination = (surroundings: Surroundings) => Promise<readonly Finding[]>
