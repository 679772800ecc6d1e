import type { Diagnostic, GumpError } from '@gump/errors'
import type { PossibleAgent } from './possible-agents.js'

/** An agent that nobody knows, at the place where the workflow names it. */
export function unknownAgent(error: GumpError, { step, file, range }: PossibleAgent): Diagnostic {
  const { suggestion } = error.data
  return {
    code: error.code,
    severity: 'error',
    message: `${error.message} (in ${step})`,
    expected: 'an agent that gump models lists',
    file,
    range,
    ...(typeof suggestion === 'string' ? { suggestion } : {}),
  }
}
