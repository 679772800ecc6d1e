import { join } from 'node:path'

import type { AgentAdapter, EmbeddedProgram, LaunchPlan, ProcessLaunch } from '@gump/agents'

import { packageFolder } from './package-folder.js'

/**
 * The same agent as a real process: what it would do inside the engine is done by a program that can be killed, walled
 * off and left behind like any coding agent. Launches that are processes already stay as they are.
 *
 * @example
 * ```ts
 * const agent = asProcess(scripted({ script }))
 * agent.launch(request) // { kind: 'process', file: '/usr/bin/node', args: ['…/play.mjs'], stdin: '{"steps":[…]}', … }
 * ```
 */
export function asProcess(adapter: AgentAdapter): AgentAdapter {
  const { withArgument } = adapter
  return {
    ...adapter,
    launch: (request) => processPlan(adapter.launch(request)),
    ...(withArgument === undefined
      ? {}
      : {
          withArgument(argument: string) {
            const made = withArgument.call(adapter, argument)
            return made === null ? null : asProcess(made)
          },
        }),
  }
}

function processPlan(plan: LaunchPlan): ProcessLaunch {
  return plan.kind === 'process' ? plan : embeddedProcess(plan.program)
}

/** The launch that performs a program: written to its stdin, done in its working directory. */
export function embeddedProcess(program: EmbeddedProgram): ProcessLaunch {
  return {
    kind: 'process',
    file: process.execPath,
    args: [join(packageFolder(), 'src', 'embedded-process', 'play.mjs')],
    env: {},
    stdin: JSON.stringify(program),
    stateDirs: [],
  }
}
