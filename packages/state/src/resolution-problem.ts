import type { ErrorCode } from '@gump/errors'
import { expectation } from './expectation.js'
import { proposals } from './proposals.js'
import type { Resolution } from './resolve-name.js'
import type { Scope } from './scope.js'

/** How a name that does not resolve is reported; the caller that knows the file adds the place. */
export interface ResolutionProblem {
  readonly code: Extract<ErrorCode, 'GUMP-T001' | 'GUMP-T002' | 'GUMP-T003'>
  readonly message: string
  /** What would have been legal. */
  readonly expected?: string
  /** The closest legal spelling. */
  readonly suggestion?: string
}

/**
 * The problem with a variable, or null when it has a value.
 *
 * @param name - the name as it is written
 */
export function resolutionProblem(
  name: string,
  resolution: Resolution,
  scope: Scope,
): ResolutionProblem | null {
  switch (resolution.status) {
    case 'found':
      return null
    case 'input':
      return {
        code: 'GUMP-T003',
        message: `nothing provides {${name}}`,
        expected: `--set ${name}=VALUE, or {{${name}}} for literal braces`,
        ...suggest(proposals(name, scope)),
      }
    case 'ambiguous':
      return {
        code: 'GUMP-T002',
        message: `{${name}} can mean more than one`,
        expected: `the one you mean: ${resolution.candidates.map((path) => qualified(path, name)).join(', ')}`,
      }
    case 'unknown': {
      const expected = expectation(name, scope)
      return {
        code: 'GUMP-T001',
        message: `there is no {${name}} here`,
        ...(expected === null ? {} : { expected }),
        ...suggest(resolution.closest),
      }
    }
  }
}

function suggest(closest: readonly string[]): { readonly suggestion?: string } {
  return closest.length === 0 ? {} : { suggestion: closest.map((name) => `{${name}}`).join(' or ') }
}

/** A candidate in full, with the field that was asked for. */
function qualified(path: string, name: string): string {
  const dot = name.indexOf('.')
  const field = dot < 0 || path.includes('.') ? '' : name.slice(dot)
  return `{${path.replaceAll('*', '<task>')}${field}}`
}
