import type { AgentAdapter, LaunchRequest, ProcessLaunch } from '../contract.js'
import { defineAgent } from '../define-agent.js'
import { followedLaunch } from '../follow/followed-launch.js'
import { option } from '../launch/option.js'
import { belowHome, fromVariable } from '../launch/state-dirs.js'
import { uuidOf } from '../launch/uuid-of.js'
import { createCopilotDialect } from '../streams/copilot-stream.js'
import { createStreamParser } from '../streams/stream-parser.js'

/**
 * GitHub Copilot CLI, `copilot --output-format json` (verified with recorded streams of 1.0.102). The prompt goes
 * through stdin. Its stream has no tokens; it notes them in the events of the session, which are followed. A new session
 * gets its id from Gump, so that the place of these events is known before.
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
    usage: 'live',
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
  const { model, env } = request
  const session = request.sessionId ?? uuidOf(request.scratchDir)
  const [home] = [...fromVariable(env, 'COPILOT_HOME'), ...belowHome(env, '.copilot')]
  const start = {
    file: 'copilot',
    args: [
      '--output-format',
      'json',
      '--yolo',
      '--no-ask-user',
      ...option('--model', model),
      request.sessionId === null ? `--session-id=${session}` : `--resume=${session}`,
    ],
  }
  return {
    kind: 'process',
    ...(home === undefined
      ? start
      : followedLaunch(request, start, {
          pattern: `${home}/session-state/${session}/events.jsonl`,
          pick: ['"session.usage_record"'],
        })),
    env: { COPILOT_AUTO_UPDATE: 'false' },
    stdin: request.prompt,
    stateDirs: [...fromVariable(env, 'COPILOT_HOME'), ...belowHome(env, '.copilot', '.cache/copilot')],
  }
}
