import { GumpError } from '@gump/errors'
import type { AgentAdapter } from './contract.js'
import { RESERVED_AGENT_NAMES } from './models/reserved-names.js'

const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?::[^\s:][^\n\r]*)?$/

/**
 * Declares an agent adapter: checks what types cannot say and returns the same object, frozen.
 *
 * Names are lower case words joined by `-` (`claude`, `my-agent`), optionally followed by `:` and an argument
 * (`command:lint-bot`).
 *
 * @throws GumpError `GUMP-A004` when the name is not legal or is reserved.
 *
 * @example
 * ```ts
 * export default defineAgent({
 *   name: 'echo',
 *   displayName: 'Echo',
 *   models: { aliases: {}, default: null },
 *   capabilities: {
 *     resume: false, maxTurns: false, nativeCost: false, usage: 'none', structuredOutput: false, stdinPrompt: true,
 *   },
 *   detection: { command: 'echo-agent', versionArgs: ['--version'], verified: ['1.x'], install: 'npm i -g echo-agent', login: 'echo-agent login' },
 *   launch: (request) => ({ kind: 'process', file: 'echo-agent', args: ['--json'], env: {}, stdin: request.prompt, stateDirs: [] }),
 *   createParser: () => createNormalizedParser(),
 * })
 * ```
 */
export function defineAgent<A extends AgentAdapter>(adapter: A): Readonly<A> {
  if (!NAME.test(adapter.name)) {
    throw new GumpError('GUMP-A004', `"${adapter.name}" cannot be the name of an agent adapter`, {
      data: { name: adapter.name },
      remedy: 'use lower case letters, digits and single dashes, such as "my-agent"',
    })
  }
  if (RESERVED_AGENT_NAMES.has(adapter.name)) {
    throw new GumpError('GUMP-A004', `"${adapter.name}" is a reserved agent name`, {
      data: { name: adapter.name },
      remedy: 'choose another name for the adapter',
    })
  }
  return Object.freeze(adapter)
}
