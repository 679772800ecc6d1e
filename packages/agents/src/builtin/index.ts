import type { AgentAdapter } from '../contract.js'
import { acp } from './acp.js'
import { command } from './command.js'
import { presetAgents } from '../presets/preset-agent.js'
import { pass } from './pass.js'
import { builtinPrograms } from '../builtin-programs.js'
import { replay } from './replay.js'
import { scripted } from './scripted.js'

/**
 * Every built-in adapter, presets included, and those that need a script, a command or a recording: made without one, they say at
 * launch what is missing, or make adapters from the argument after `:`.
 */
export function builtinAgents(): readonly AgentAdapter[] {
  return [...builtinPrograms(), ...presetAgents(), acp(), command(), scripted(), replay(), pass()]
}
