import type { Diagnostic, GumpError } from '@gump/errors'
import type { PossibleAgent } from './possible-agents.js'

/** A place in a workflow; nothing where no workflow names the agent. */
export function whereNamed({ by, file, range }: PossibleAgent): Pick<Diagnostic, 'file' | 'range'> {
  return by === 'workflow' ? { file, range } : {}
}

/**
 * An agent that nobody knows, at the place where the workflow names it; only a warning while plugins are not loaded that
 * may know it.
 */
export function unknownAgent(
  error: GumpError,
  place: PossibleAgent,
  unloaded: readonly string[] = [],
): Diagnostic {
  const { suggestion } = error.data
  const unless =
    unloaded.length === 0 ? '' : `, unless a plugin brings it: ${unloaded.join(', ')} is not loaded here`
  return {
    code: error.code,
    severity: unless === '' ? 'error' : 'warning',
    message: `${error.message} (in ${place.step})${unless}`,
    expected: 'an agent that gump models lists',
    ...whereNamed(place),
    ...(typeof suggestion === 'string' ? { suggestion } : {}),
  }
}
