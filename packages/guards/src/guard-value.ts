import type { GuardDefinition, GuardValue } from './contract.js'

/** True when a value is of a guard's kind; durations are milliseconds here. */
export function isGuardValue(kind: GuardDefinition['value'], value: GuardValue): boolean {
  switch (kind) {
    case 'count':
      return Number.isSafeInteger(value) && Number(value) > 0
    case 'usd':
    case 'duration':
      return typeof value === 'number' && Number.isFinite(value) && value > 0
    case 'switch':
      return typeof value === 'boolean'
    case 'globs':
      return Array.isArray(value) ? value.length > 0 : typeof value === 'string' && value !== ''
  }
}
