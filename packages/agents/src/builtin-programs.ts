import type { AgentAdapter } from './contract.js'
import { claude } from './builtin/claude.js'
import { codex } from './builtin/codex.js'
import { copilot } from './builtin/copilot.js'
import { cursor } from './builtin/cursor.js'
import { gemini } from './builtin/gemini.js'
import { kimi } from './builtin/kimi.js'
import { opencode } from './builtin/opencode.js'
import { pi } from './builtin/pi.js'
import { qwen } from './builtin/qwen.js'

/** The built-in adapters of one program each, in the order of the documentation. */
export function builtinPrograms(): readonly AgentAdapter[] {
  return [claude(), codex(), gemini(), qwen(), opencode(), cursor(), copilot(), pi(), kimi()]
}
