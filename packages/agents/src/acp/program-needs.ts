import { basename } from 'node:path'
import { builtinPrograms } from '../builtin-programs.js'
import { belowHome } from '../launch/state-dirs.js'
import { PRESETS } from '../presets/index.js'
import type { LaunchRequest, ProcessLaunch } from '../contract.js'

// Programs that speak the protocol for another one.
const SPEAKS_FOR: Readonly<Record<string, string>> = {
  'claude-agent-acp': 'claude',
  'claude-code-acp': 'claude',
  'codex-acp': 'codex',
}

/** The folders and variables that a program needs whichever way it is spoken to; nothing for unknown programs. */
export function needsOf(program: string, request: LaunchRequest): Pick<ProcessLaunch, 'env' | 'stateDirs'> {
  const name = basename(program)
  const real = Object.hasOwn(SPEAKS_FOR, name) ? SPEAKS_FOR[name] : name
  const plan = builtinPrograms()
    .find(({ detection }) => detection?.command === real)
    ?.launch(request)
  if (plan?.kind === 'process') return { env: plan.env, stateDirs: plan.stateDirs }
  const preset = PRESETS.find(({ command }) => command.startsWith(`${real} `))
  return { env: {}, stateDirs: belowHome(request.env, ...(preset?.folders ?? [])) }
}
