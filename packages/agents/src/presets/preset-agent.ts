import { parseArgsStringToArgv } from 'string-argv'
import { acpAgent, type AcpOptions } from '../builtin/acp.js'
import { commandAgent } from '../builtin/command.js'
import type { AgentAdapter, Detection, LaunchRequest, ProcessLaunch } from '../contract.js'
import { defineAgent } from '../define-agent.js'
import { ownProgram } from '../launch/own-program.js'
import { fillCommand, hasPlaceholder } from '../launch/command-template.js'
import { belowHome } from '../launch/state-dirs.js'
import { PRESETS } from './index.js'
import type { Preset } from './preset.js'

/**
 * The agents of all presets: `acp:` and `command:` agents under the names of their programs, so that nobody has to
 * configure them.
 */
export function presetAgents(options: AcpOptions = {}): readonly AgentAdapter[] {
  const bridge = options.bridge ?? ownProgram('acp')
  return PRESETS.map((preset) =>
    defineAgent<AgentAdapter>({
      ...(preset.runs === 'acp' ? speaking(preset, bridge) : printing(preset)),
      displayName: preset.displayName,
      detection: detectionOf(preset),
    }),
  )
}

function detectionOf({ command, verified, install, login }: Preset): Detection {
  const [program = ''] = parseArgsStringToArgv(command)
  return { command: program, versionArgs: ['--version'], verified, install, login }
}

function printing(preset: Preset): AgentAdapter {
  const agent = commandAgent(preset.name, { command: preset.command, format: 'text' })
  return { ...agent, launch: (request) => withNeeds(preset, request, agent.launch(request) as ProcessLaunch) }
}

function speaking(preset: Preset, bridge: string): AgentAdapter {
  return {
    ...acpAgent(preset.name, [], bridge),
    launch(request) {
      const { model, program } = request
      const [file = '', ...args] = fillCommand(preset.command, { model })
      // Told in its command line or environment, it is not asked for over the protocol as well.
      const agent = acpAgent(preset.name, [program ?? file, ...args], bridge)
      return withNeeds(preset, request, agent.launch({ ...request, model: null }) as ProcessLaunch)
    },
  }
}

/** Its own variables and folders, which the general adapters know nothing of. */
function withNeeds(preset: Preset, request: LaunchRequest, plan: ProcessLaunch): ProcessLaunch {
  const env: Record<string, string> = { ...plan.env }
  for (const [name, template] of Object.entries(preset.env ?? {})) {
    const lacks = hasPlaceholder(template, 'model') && request.model === null
    if (!lacks) env[name] = template.replaceAll('{model}', () => request.model ?? '')
  }
  return { ...plan, env, stateDirs: belowHome(request.env, ...preset.folders) }
}
