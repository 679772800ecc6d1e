/** What the events of one launch say about how it went. */
export interface LaunchMetrics {
  readonly turns: number
  /** Milliseconds until the first write or edit outside `.gump/out/`; null when there was none. */
  readonly ttfdMs: number | null
  /** Tools that ended in failure. */
  readonly toolErrors: number
  /** Actions equal to an earlier one (same tool, same target) with no write or edit in between. */
  readonly repeatedActions: number
  /** Times a command that had failed failed again after something was written or edited. */
  readonly correctionLoops: number
  /** Tokens in the model's context at the last turn that told; null when none did. */
  readonly contextTokens: number | null
}

/** One tool in use, as the metrics see it. */
export interface ToolUse {
  readonly tool: string
  readonly target: string | null
  readonly edits: boolean
  readonly shell: boolean
}

/** Counts of one launch, event by event. */
export interface MetricsCounter {
  started(use: ToolUse): void
  finished(use: ToolUse, ok: boolean): void
  readonly toolErrors: number
  readonly repeatedActions: number
  readonly correctionLoops: number
}

/** A {@link MetricsCounter} at zero. */
export function createMetricsCounter(): MetricsCounter {
  const sinceEdit = new Set<string>()
  // Command → number of the last edit before it failed.
  const failedAt = new Map<string, number>()
  let edits = 0
  let toolErrors = 0
  let repeatedActions = 0
  let correctionLoops = 0

  const key = (use: ToolUse): string => JSON.stringify([use.tool, use.target])

  return {
    started: (use) => {
      if (use.target !== null) {
        if (sinceEdit.has(key(use))) repeatedActions += 1
        if (use.edits) sinceEdit.clear()
        sinceEdit.add(key(use))
      }
      if (use.edits) edits += 1
    },
    finished: (use, ok) => {
      if (!ok) toolErrors += 1
      if (!use.shell || use.target === null) return
      if (ok) {
        failedAt.delete(use.target)
        return
      }
      const before = failedAt.get(use.target)
      if (before !== undefined && edits > before) correctionLoops += 1
      failedAt.set(use.target, edits)
    },
    get toolErrors() {
      return toolErrors
    },
    get repeatedActions() {
      return repeatedActions
    },
    get correctionLoops() {
      return correctionLoops
    },
  }
}
