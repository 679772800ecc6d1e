import type { Diagnostic, GumpError } from '@gump/errors'
import type { PossibleAgent } from './possible-agents.js'

/**
 * An agent that nobody knows, at the place where the workflow names it; only a warning while plugins are not loaded that
 * may know it.
 */
export function unknownAgent(
  error: GumpError,
  { step, file, range }: PossibleAgent,
  unloaded: readonly string[] = [],
): Diagnostic {
  const { suggestion } = error.data
  const unless =
    unloaded.length === 0 ? '' : `, unless a plugin brings it: ${unloaded.join(', ')} is not loaded here`
  return {
    code: error.code,
    severity: unless === '' ? 'error' : 'warning',
    message: `${error.message} (in ${step})${unless}`,
    expected: 'an agent that gump models lists',
    file,
    range,
    ...(typeof suggestion === 'string' ? { suggestion } : {}),
  }
}
