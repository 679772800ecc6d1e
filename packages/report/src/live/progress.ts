/** A step of a plan, as far as counting goes. */
export interface PlannedUnit {
  readonly path: string
  readonly kind: 'agent' | 'gate' | 'group' | 'workflow'
  readonly type?: string | null
  /** What a group repeats over; null: nothing. */
  readonly each?: string | null
  readonly steps: readonly PlannedUnit[]
}

/** Steps done, and steps known of so far. */
export interface Progress {
  readonly done: number
  readonly total: number
}

/** Counts steps that do something themselves; what a group repeats is counted once per task as soon as they are known. */
export function plannedTotal(
  plan: readonly PlannedUnit[],
  itemsOf: (planPath: string) => number | null,
): number {
  return plan.reduce((sum, step) => {
    const own = step.kind === 'agent' || step.kind === 'gate' ? 1 : 0
    const repeated = step.type === 'split' || (step.each ?? null) !== null
    const times = repeated ? (itemsOf(step.path) ?? 1) : 1
    return sum + own + times * plannedTotal(step.steps, itemsOf)
  }, 0)
}
