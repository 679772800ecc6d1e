import type { PerformedEffect, StepRequest } from './step-executor.js'

/** @param after - `seq` of the last line that the effect was decided from. */
export function stepRequest(run: string, effect: PerformedEffect, after: number): StepRequest {
  const known: Partial<Record<'path' | 'workspace' | 'base' | 'commit', string | null>> &
    Partial<Record<'round' | 'attempt', number>> = effect.kind === 'timer' ? {} : effect
  const launch = 'launch' in effect ? effect.launch : null
  const id = typeof launch === 'object' ? launch : null
  return {
    v: 1,
    run,
    id: effect.id,
    kind: effect.kind,
    step: known.path ?? null,
    round: id?.round ?? known.round ?? null,
    attempt: id?.attempt ?? known.attempt ?? null,
    launch: id?.launch ?? (typeof launch === 'number' ? launch : null),
    workspace: known.workspace ?? null,
    base: known.base ?? known.commit ?? null,
    after,
    effect,
  }
}
