import { type Attempt, lastLaunch } from '@gump/history'

/** Why an attempt failed, in full; callers cut it to their limit. Empty for one that did not. */
export function failureText(attempt: Attempt): string {
  const launch = lastLaunch(attempt)
  const gates = Object.entries(attempt.gates).flatMap(([name, fact]) =>
    fact.status === 'fail' ? [`gate ${name} failed:\n${fact.error}`] : [],
  )
  if (gates.length > 0) return gates.join('\n\n')
  if (launch?.guard) return `guard ${launch.guard.guard} stopped you: ${launch.guard.reason}`
  if (launch?.outcome?.kind === 'failed') return launch.outcome.message
  if (launch?.output?.error !== undefined) return launch.output.error
  if (launch?.output?.verdict === false) return launch.output.comments ?? ''
  const pause = Object.values(attempt.pauses).find((p) => p.decision === 'retry')
  return pause?.note ?? attempt.retry?.reason ?? ''
}
