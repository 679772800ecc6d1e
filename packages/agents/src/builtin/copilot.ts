import type { AgentAdapter, LaunchRequest, ProcessLaunch } from '../contract.js'
import { defineAgent } from '../define-agent.js'
import { option } from '../launch/option.js'
import { belowHome } from '../launch/state-dirs.js'
import { createCopilotDialect } from '../streams/copilot-stream.js'
import { createStreamParser } from '../streams/stream-parser.js'

/**
 * GitHub Copilot CLI, `copilot --output-format json` (verified with recorded streams of 1.0.102). The prompt goes
 * through stdin. It tells neither tokens nor cost: its attempts are unpriced.
 */
export function copilot(): AgentAdapter {
  return COPILOT
}

const COPILOT: AgentAdapter = defineAgent<AgentAdapter>({
  name: 'copilot',
  displayName: 'Copilot CLI',
  models: { aliases: {}, default: null },
  capabilities: {
    resume: true,
    maxTurns: false,
    nativeCost: false,
    usage: 'none',
    structuredOutput: false,
    stdinPrompt: true,
  },
  detection: {
    command: 'copilot',
    versionArgs: ['--version'],
    verified: ['1.0.x'],
    install: 'npm install -g @github/copilot',
    login: 'run copilot and /login, or set GH_TOKEN',
  },
  launch,
  createParser: () => createStreamParser(createCopilotDialect()),
})

function launch(request: LaunchRequest): ProcessLaunch {
  const { model, sessionId } = request
  return {
    kind: 'process',
    file: 'copilot',
    args: [
      '--output-format',
      'json',
      '--yolo',
      '--no-ask-user',
      ...option('--model', model),
      ...(sessionId === null ? [] : [`--resume=${sessionId}`]),
    ],
    env: { COPILOT_AUTO_UPDATE: 'false' },
    stdin: request.prompt,
    stateDirs: belowHome(request.env, '.copilot', '.cache/copilot'),
  }
}
