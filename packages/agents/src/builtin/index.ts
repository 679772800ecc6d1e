import type { AgentAdapter } from '../contract.js'
import { acp } from './acp.js'
import { claude } from './claude.js'
import { codex } from './codex.js'
import { command } from './command.js'
import { copilot } from './copilot.js'
import { cursor } from './cursor.js'
import { gemini } from './gemini.js'
import { opencode } from './opencode.js'
import { pass } from './pass.js'
import { pi } from './pi.js'
import { qwen } from './qwen.js'
import { replay } from './replay.js'
import { scripted } from './scripted.js'

/**
 * Every built-in adapter, those that need a script, a command or a recording included: made without one, they say at
 * launch what is missing, or make adapters from the argument after `:`.
 */
export function builtinAgents(): readonly AgentAdapter[] {
  return [
    claude(),
    codex(),
    gemini(),
    qwen(),
    opencode(),
    cursor(),
    copilot(),
    pi(),
    acp(),
    command(),
    scripted(),
    replay(),
    pass(),
  ]
}
