import { GumpError } from '@gump/errors'
import type { NewEvent } from '@gump/ledger'
import type { StepReport } from './step-executor.js'

/** The way of one request's events into the ledger: each once, in order, until the request has its result. */
export interface ReportTaker {
  take(report: StepReport): void
  /**
   * Holds the result against what has come.
   *
   * @throws GumpError `GUMP-R999` when it speaks of events that never came.
   */
  complete(events: number): void
  /** There is a result; what comes later is left out. */
  end(): void
}

/**
 * @param append - writes events into the ledger.
 *
 * @example
 * ```ts
 * const taker = takeReports('launch:a', (events) => journal.append(events))
 * taker.take({ v: 1, id: 'launch:a', from: 0, events: [a, b] })
 * taker.take({ v: 1, id: 'launch:a', from: 1, events: [b, c] }) // writes c
 * ```
 */
export function takeReports(id: string, append: (events: readonly NewEvent[]) => void): ReportTaker {
  let taken = 0
  let ended = false
  return {
    take(report) {
      if (ended) return
      if (report.v !== 1 || report.id !== id) {
        throw new GumpError('GUMP-R999', `a report of ${report.id} (format ${report.v}) came for ${id}`)
      }
      if (report.from > taken) {
        throw new GumpError('GUMP-R999', `${report.from - taken} events of ${id} are missing`)
      }
      const fresh = report.events.slice(taken - report.from)
      if (fresh.length === 0) return
      taken += fresh.length
      append(fresh)
    },
    complete(events) {
      if (events > taken) throw new GumpError('GUMP-R999', `${events - taken} events of ${id} are missing`)
    },
    end: () => void (ended = true),
  }
}
