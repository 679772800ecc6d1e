/** What advice needs to know of one run, taken out of its history. Money is in micro-dollars, times in milliseconds. */
export interface RunRecord {
  readonly id: string
  readonly alias: string
  readonly workflow: string
  /** When it began, in epoch milliseconds. */
  readonly at: number
  /** `open`: it is running, paused, interrupted or cancelled, and counts in no mean. */
  readonly status: 'passed' | 'failed' | 'open'
  /** It took its beginning over from another run, so its totals are those of a part of the workflow. */
  readonly replay: boolean
  /** null: a part of it has no price. */
  readonly microUsd: number | null
  readonly durationMs: number
  /** Tasks of its first split; null when it had none. */
  readonly tasks: number | null
  /** What of its cost and of its time went into those tasks. */
  readonly inTasks: { readonly microUsd: number; readonly durationMs: number }
  /** The agent that each step, by its key, was begun with. */
  readonly began: Readonly<Record<string, string>>
  readonly chains: readonly Chain[]
}

/** The tries of one step at one task, one after the other, until one passed or nobody tried again. */
export interface Chain {
  /** The path with the names of tasks replaced by `*`: the same in every run of the workflow. */
  readonly step: string
  /** What the split called the kind of the task, if it did. */
  readonly kind: string | null
  readonly tries: readonly Try[]
  /** The step was given up: no further try was to follow. */
  readonly gaveUp: boolean
}

/** One try of an agent. */
export interface Try {
  readonly agent: string
  /** The model it thought with; null when it is not known. */
  readonly model: string | null
  /** null: interrupted, cancelled, or changed by a person, so that it says nothing about the agent. */
  readonly passed: boolean | null
  /** Taken over from the run that was replayed: it tells what had failed before, and is counted there. */
  readonly recalled: boolean
  /** null: a part of it has no price. Validators that judged it are included. */
  readonly microUsd: number | null
  readonly durationMs: number
  /** Its task was started with another agent than usual, to find out. */
  readonly explored?: boolean
}

/** A run counts once it has ended by itself. */
export function isFinished(run: RunRecord): boolean {
  return run.status !== 'open'
}

/** Oldest first; runs of the same moment by their id, so that the order in which they are given does not matter. */
export function inTime(runs: readonly RunRecord[]): RunRecord[] {
  return runs.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}
