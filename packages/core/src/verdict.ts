import type { AgentStep } from '@gump/schema'
import type { Cause } from './retry-plan.js'
import { type Attempt, lastLaunch, type Launch } from '@gump/history'

/** What an attempt amounts to; `open` while something is still to come. */
export type Verdict =
  | { readonly at: 'open' }
  | { readonly at: 'pass' }
  | {
      readonly at: 'fail'
      readonly cause: Cause
      readonly reason: string
      readonly failedGates: readonly string[]
    }

/** Judges an attempt of an agent step: the agent first, then its output, the person, the gates. */
export function verdictOf(step: AgentStep, attempt: Attempt): Verdict {
  const launch = lastLaunch(attempt)
  if (launch === null) return { at: 'open' }
  return runVerdict(step, launch) ?? humanVerdict(attempt) ?? gateVerdict(attempt)
}

/** The failure of RUN itself, or null when its result can be judged by gates. */
export function runVerdict(step: AgentStep, launch: Launch): Verdict | null {
  const failed = (cause: Cause, reason: string): Verdict => ({ at: 'fail', cause, reason, failedGates: [] })
  if (launch.guard !== null) return failed('guard', `guard ${launch.guard.guard}: ${launch.guard.reason}`)
  if (launch.outcome?.kind === 'failed')
    return failed('agent', `agent failed (${launch.outcome.cause}): ${launch.outcome.message}`)
  if (launch.outcome?.kind === 'killed') return failed('agent', `agent was stopped: ${launch.outcome.reason}`)
  if (launch.output === null) return { at: 'open' }
  if (launch.output.error !== undefined) return failed('agent', launch.output.error)
  if (step.expect === 'changes' && launch.snapshot === null)
    return failed('agent', 'nothing was changed, and the step expects changes')
  if (step.type === 'validate' && launch.output.verdict === false) {
    return failed('review', launch.output.comments ?? 'the reviewer answered false')
  }
  return null
}

/** What a person said at a pause. */
export function humanVerdict(attempt: Attempt): Verdict | null {
  for (const pause of Object.values(attempt.pauses)) {
    if (pause.decision === 'retry' || pause.decision === 'abort') {
      return { at: 'fail', cause: 'review', reason: pause.note ?? `rejected by a person`, failedGates: [] }
    }
  }
  return null
}

/** All gates have run; one failure is enough. */
export function gateVerdict(attempt: Attempt): Verdict {
  const failed = Object.entries(attempt.gates).filter(([, fact]) => fact.status === 'fail')
  if (failed.length === 0) return { at: 'pass' }
  const names = failed.map(([name]) => name)
  return { at: 'fail', cause: 'gate', reason: `gate ${names.join(', ')} failed`, failedGates: names }
}
