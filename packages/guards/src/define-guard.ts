import { GumpError } from '@gump/errors'
import type { GuardDefinition } from './contract.js'

const NAME = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/

/**
 * Declares a guard: checks what types cannot say and returns the same object, frozen.
 *
 * @throws GumpError `GUMP-C007` when the name is not made of lower case words joined by `_`, as it is written in YAML.
 *
 * @example
 * ```ts
 * export default defineGuard({
 *   name: 'no_shell',
 *   summary: 'no shell command is run',
 *   value: 'switch',
 *   create: (on) => ({
 *     onEvent: (event) =>
 *       on === true && event.type === 'tool_started' && event.kind === 'shell'
 *         ? { guard: 'no_shell', reason: `ran ${event.command ?? 'a command'}`, limit: 'no shell', observed: event.tool }
 *         : null,
 *   }),
 * })
 * ```
 */
export function defineGuard<G extends GuardDefinition>(definition: G): Readonly<G> {
  if (NAME.test(definition.name)) return Object.freeze(definition)
  throw new GumpError('GUMP-C007', `"${definition.name}" cannot be the name of a guard`, {
    data: { name: definition.name },
    remedy: 'use lower case words joined by underscores, such as "no_shell"',
  })
}
