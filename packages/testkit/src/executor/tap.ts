import { isDeepStrictEqual } from 'node:util'
import type { StepExecutor, StepReport, StepReports, StepRequest, StepResult } from '@gump/engine'

/** What went through a tapped executor. */
export interface Traffic {
  readonly requests: StepRequest[]
  readonly reports: StepReport[]
  readonly results: StepResult[]
  /** What should not have happened. */
  readonly complaints: string[]
}

/** What a tap does besides listening. */
export interface Tap {
  /** Every report is delivered twice, the second time together with the one before. */
  readonly twice?: boolean
  /** All reports of a request are delivered again when it has its result. */
  readonly late?: boolean
  /** Called for every result; may ask the executor again. */
  readonly after?: (
    executor: StepExecutor,
    request: StepRequest,
    reports: readonly StepReport[],
  ) => Promise<void>
}

/** The executor with all that crosses the seam written as JSON and read again. */
export function tapped(executor: StepExecutor, traffic: Traffic, tap: Tap): StepExecutor {
  const plain = <T>(value: T, what: string): T => {
    const read = JSON.parse(JSON.stringify(value)) as T
    if (!isDeepStrictEqual(read, value)) traffic.complaints.push(`${what} is not plain JSON`)
    return read
  }
  return {
    async execute(request, reports, signal) {
      const sent: StepReport[] = []
      let hasEnded = false
      let told = 0
      const own: StepReports = {
        live: reports.live,
        report(given) {
          const report = plain(given, `a report of ${request.id}`)
          if (hasEnded) traffic.complaints.push(`${request.id} was reported of after its result`)
          if (report.from !== told) {
            traffic.complaints.push(`${request.id} reports from ${report.from}, after ${told} events`)
          }
          told = report.from + report.events.length
          const before = sent.at(-1)
          sent.push(report)
          traffic.reports.push(report)
          reports.report(report)
          if (tap.twice !== true) return
          reports.report(report)
          if (before !== undefined) {
            reports.report({ ...before, events: [...before.events, ...report.events] })
          }
        },
      }
      traffic.requests.push(request)
      const result = plain(
        await executor.execute(plain(request, `the request ${request.id}`), own, signal),
        `the result of ${request.id}`,
      )
      hasEnded = true
      traffic.results.push(result)
      if (result.id !== request.id) traffic.complaints.push(`${request.id} was answered for ${result.id}`)
      if (result.status === 'done' && result.events !== told) {
        traffic.complaints.push(`${request.id} has ${told} events, and its result says ${result.events}`)
      }
      // After the run has taken the result.
      if (tap.late === true) setImmediate(() => sent.forEach((report) => reports.report(report)))
      await tap.after?.(executor, request, sent)
      return result
    },
  }
}
