import type { RunResult } from '@gump/engine'
import type { ErrorCode } from '@gump/errors'

/** Every exit code of the command line, and nothing else decides one. */
export const exitCodes = {
  passed: 0,
  failed: 1,
  /** Usage, validation, configuration or a precondition: nothing was started. */
  refused: 2,
  /** Waiting for a person. */
  paused: 3,
  limitExceeded: 4,
  interrupted: 130,
} as const

/** How `gump run` ends. */
export function exitCodeOfResult(result: Pick<RunResult, 'status' | 'limitExceeded'>): number {
  switch (result.status) {
    case 'passed':
      return exitCodes.passed
    case 'paused':
      return exitCodes.paused
    case 'cancelled':
    case 'interrupted':
      return exitCodes.interrupted
    default:
      return result.limitExceeded === undefined ? exitCodes.failed : exitCodes.limitExceeded
  }
}

/** Errors that mean that something went wrong on the way, rather than that it was refused from the start. */
const failures: ReadonlySet<ErrorCode> = new Set([
  'GUMP-A003',
  'GUMP-C008',
  'GUMP-G001',
  'GUMP-G002',
  'GUMP-G003',
  'GUMP-L001',
  'GUMP-L002',
  'GUMP-L009',
  'GUMP-L011',
  'GUMP-L013',
  'GUMP-L014',
  'GUMP-R003',
  'GUMP-R004',
  'GUMP-R999',
  'GUMP-X001',
  'GUMP-X002',
])

/** How a command ends that threw an error with this code. */
export function exitCodeOfError(code: ErrorCode): number {
  return failures.has(code) || code.startsWith('GUMP-S') ? exitCodes.failed : exitCodes.refused
}
