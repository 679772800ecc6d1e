import { GumpError } from '@gump/errors'
import type { GateDefinition } from './contract.js'

const NAME = /^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/

/** Names that the workflow language or the engine gives a meaning of its own. */
const RESERVED: ReadonlySet<string> = new Set(['validate', 'blast_radius', 'name', 'timeout', 'with'])

/**
 * Declares a gate: checks what types cannot say and returns the same object, frozen.
 *
 * Names are lower case words joined by `-` or `_`; they are what a workflow writes under `gate:`.
 *
 * @throws GumpError `GUMP-R010` when the name is not legal or is reserved.
 *
 * @example
 * ```ts
 * export default defineGate({
 *   name: 'changelog',
 *   summary: 'passes when CHANGELOG.md was changed',
 *   argument: 'none',
 *   required: true,
 *   run: async ({ files }) =>
 *     files.some((file) => file.path === 'CHANGELOG.md')
 *       ? { status: 'pass' }
 *       : { status: 'fail', error: 'CHANGELOG.md was not changed; add a line about what you did' },
 * })
 * ```
 */
export function defineGate<G extends GateDefinition>(definition: G): Readonly<G> {
  const { name } = definition
  if (!NAME.test(name) || RESERVED.has(name)) {
    const reason = RESERVED.has(name) ? 'is reserved' : 'is not a legal gate name'
    throw new GumpError('GUMP-R010', `"${name}" ${reason}`, {
      data: { name },
      remedy: 'use lower case letters, digits and single dashes or underscores, such as "no-todo"',
    })
  }
  return Object.freeze(definition)
}
