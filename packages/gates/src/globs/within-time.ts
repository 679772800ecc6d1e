import { createContext, Script } from 'node:vm'

/**
 * Runs `work`, which must be synchronous, and gives it up after `limitMs`. Regular expressions made from globs can
 * take exponential time, and globs may come from an agent; the interpreter can interrupt them, a timer cannot.
 *
 * @returns What `work` returned, or null when the time was up.
 */
export function withinTime<T>(work: () => T, limitMs: number): { readonly value: T } | null {
  let value: T | undefined
  const context = createContext({
    work: () => {
      value = work()
    },
  })
  try {
    new Script('work()').runInContext(context, { timeout: limitMs })
  } catch (error) {
    // The error belongs to the other context, so it is no instance of this one's Error.
    const code: unknown =
      typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
    if (code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return null
    throw error
  }
  return { value: value as T }
}
