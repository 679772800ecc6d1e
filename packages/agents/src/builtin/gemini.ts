import type { AgentAdapter, LaunchRequest, ProcessLaunch } from '../contract.js'
import { defineAgent } from '../define-agent.js'
import { option } from '../launch/option.js'
import { belowHome } from '../launch/state-dirs.js'
import { createGeminiDialect } from '../streams/gemini-stream.js'
import { createStreamParser } from '../streams/stream-parser.js'

/**
 * Gemini CLI, `gemini --output-format stream-json` (verified with recorded streams of 0.61.0). The prompt goes through
 * stdin. The relaunch is switched off, so that there is no inner process to lose; it ignores SIGTERM and SIGINT, which
 * only containment that ends in SIGKILL deals with. Turn limits exist in its settings only.
 */
export function gemini(): AgentAdapter {
  return GEMINI
}

const GEMINI: AgentAdapter = defineAgent<AgentAdapter>({
  name: 'gemini',
  displayName: 'Gemini CLI',
  models: { aliases: { pro: 'gemini-3.1-pro-preview', flash: 'gemini-3.8-flash' }, default: null },
  capabilities: {
    resume: true,
    maxTurns: false,
    nativeCost: false,
    usage: 'final',
    structuredOutput: false,
    stdinPrompt: true,
  },
  detection: {
    command: 'gemini',
    versionArgs: ['--version'],
    verified: ['0.61.x'],
    install: 'npm install -g @google/gemini-cli',
    login: 'run gemini and sign in, or set GEMINI_API_KEY',
  },
  launch,
  createParser: () => createStreamParser(createGeminiDialect()),
})

function launch(request: LaunchRequest): ProcessLaunch {
  return {
    kind: 'process',
    file: 'gemini',
    args: [
      '--output-format',
      'stream-json',
      '--yolo',
      ...option('-m', request.model),
      ...option('--resume', request.sessionId),
    ],
    env: { GEMINI_CLI_TRUST_WORKSPACE: 'true', GEMINI_CLI_NO_RELAUNCH: 'true' },
    stdin: request.prompt,
    stateDirs: belowHome(request.env, '.gemini'),
  }
}
