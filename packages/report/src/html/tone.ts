import type { AttemptStatus, GateReport, RunReport, StepStatus } from '../report.js'

/** The few meanings that colour has on the page. */
export type Tone = 'pass' | 'fail' | 'warn' | 'info'

export function toneOf(
  status: RunReport['status'] | StepStatus | AttemptStatus | GateReport['status'],
): Tone {
  switch (status) {
    case 'passed':
    case 'pass':
      return 'pass'
    case 'failed':
    case 'fatal':
    case 'fail':
      return 'fail'
    case 'running':
      return 'info'
    default:
      return 'warn'
  }
}
