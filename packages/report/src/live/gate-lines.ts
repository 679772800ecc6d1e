import { formatDuration, type Paint } from '@gump/errors'
import type { EventOf, LedgerEvent } from '@gump/ledger'
import { oneLine } from '../format/escape.js'
import type { Layout } from './layout.js'

type GateResult = EventOf<'gate_passed'> | EventOf<'gate_failed'> | EventOf<'gate_skipped'>

/** Gate results: all gates of an attempt on one line when they are through, or each at once with its error. */
export interface GateLines {
  /** The line of gates that the event shows to be through. */
  before(event: LedgerEvent): string[]
  /** Lines about the event itself. */
  at(event: LedgerEvent): string[]
}

const shownErrorLines = 20

/** @param each - every result on a line of its own, with the error. */
export function createGateLines(layout: Layout, paint: Paint, each: boolean): GateLines {
  const pending = new Map<string, GateResult[]>()

  const flush = (step: string): string[] => {
    const results = pending.get(step)
    pending.delete(step)
    return results === undefined
      ? []
      : [layout.fact(step, 'gate', results.map((result) => resultText(result, paint)).join('  '))]
  }

  return {
    before(event) {
      switch (event.type) {
        case 'step_started':
        case 'agent_launching':
        case 'retry_triggered':
        case 'hitl_paused':
        case 'step_completed':
          return flush(event.step)
        case 'run_completed':
          return [...pending.keys()].flatMap(flush)
        default:
          return []
      }
    },
    at(event) {
      if (event.type !== 'gate_passed' && event.type !== 'gate_failed' && event.type !== 'gate_skipped')
        return []
      if (!each) {
        pending.set(event.step, [...(pending.get(event.step) ?? []), event])
        return []
      }
      const took = event.type === 'gate_skipped' ? oneLine(event.reason) : formatDuration(event.duration_ms)
      const errors = event.type === 'gate_failed' ? errorLines(event.error) : []
      return [
        layout.fact(event.step, 'gate', `${resultText(event, paint)}  ${took}`),
        ...errors.map((line) => layout.free(event.step, `  ${line}`)),
      ]
    },
  }
}

function resultText(result: GateResult, paint: Paint): string {
  const name = oneLine(result.gate)
  if (result.type === 'gate_passed') return `${name} ${paint('green', '✓')}`
  if (result.type === 'gate_failed') return `${name} ${paint('red', '✗')}`
  return `${name} ${paint('yellow', 'skipped')}`
}

function errorLines(error: string): string[] {
  const lines = error.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '')
  const more = lines.length - shownErrorLines
  return [
    ...lines.slice(0, shownErrorLines).map((line) => oneLine(line)),
    ...(more > 0 ? [`+${more} more lines`] : []),
  ]
}
