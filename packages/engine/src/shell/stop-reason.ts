import type { RunState } from '@gump/history'
import type { Stopping } from '../dispatch/step-executor.js'

export const StopReason: {
  readonly lost: Stopping
  of(state: RunState): Stopping
  /** The reason carried by an abort signal. */
  from(signal: AbortSignal): Stopping
} = {
  lost: { by: 'lost', reason: 'the run could not continue' },
  of(state) {
    if (state.stop === null) return { by: 'sibling', reason: 'a sibling failed' }
    if (state.stop.why === 'limit') return { by: 'limit', reason: state.stop.reason }
    return { by: 'cancel', reason: state.stop.reason }
  },
  from(signal) {
    const reason: unknown = signal.reason
    return typeof reason === 'object' && reason !== null && 'by' in reason
      ? (reason as Stopping)
      : StopReason.lost
  },
}
