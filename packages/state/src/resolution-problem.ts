import type { ErrorCode } from '@gump/errors'
import type { Resolution } from './resolve-name.js'

/** How a name that does not resolve is reported; where it stands is added by whoever knows the file. */
export interface ResolutionProblem {
  readonly code: Extract<ErrorCode, 'GUMP-T001' | 'GUMP-T002' | 'GUMP-T003'>
  readonly message: string
  readonly suggestion?: string
}

/** The problem with a variable, or null when it has a value. */
export function resolutionProblem(name: string, resolution: Resolution): ResolutionProblem | null {
  switch (resolution.status) {
    case 'found':
      return null
    case 'input':
      return {
        code: 'GUMP-T003',
        message: `nothing provides {${name}}; give it with --set ${name}=value, or write {{${name}}} for literal braces`,
      }
    case 'ambiguous':
      return {
        code: 'GUMP-T002',
        message: `{${name}} can mean ${resolution.candidates.join(' or ')}; write the path of the one you mean, or rename one of them`,
      }
    case 'unknown': {
      const [first, ...more] = resolution.closest
      const message = `there is no {${name}} here`
      if (first === undefined) return { code: 'GUMP-T001', message }
      const others = more.map((candidate) => ` or {${candidate}}`).join('')
      return {
        code: 'GUMP-T001',
        message: `${message}; did you mean {${first}}${others}?`,
        suggestion: `{${first}}`,
      }
    }
  }
}
