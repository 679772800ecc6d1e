import { isGumpError } from '@gump/errors'
import type { GateContext, GateDefinition, GateResult } from '@gump/gates'

const remedy = 'The gate itself has a mistake: correct it, or leave it out of the workflow.'

/** The verdict of a gate. Gates come from plugins, too: one that throws, or answers what is no verdict, cannot judge. */
export async function gateVerdict(definition: GateDefinition, subject: GateContext): Promise<GateResult> {
  let answer: unknown
  try {
    answer = await definition.run(subject)
  } catch (error) {
    if (isGumpError(error)) throw error
    const message = error instanceof Error ? error.message : String(error)
    return { status: 'unconfigured', reason: `it failed: ${message}`.slice(0, 1000), remedy }
  }
  return isVerdict(answer) ? answer : { status: 'unconfigured', reason: 'its answer is no verdict', remedy }
}

function isVerdict(answer: unknown): answer is GateResult {
  if (typeof answer !== 'object' || answer === null || !('status' in answer)) return false
  const tells = (name: string): boolean =>
    typeof (answer as Readonly<Record<string, unknown>>)[name] === 'string'
  switch (answer.status) {
    case 'pass':
      return true
    case 'fail':
      return tells('error')
    case 'skipped':
      return tells('reason')
    case 'unconfigured':
      return tells('reason') && tells('remedy')
    default:
      return false
  }
}
