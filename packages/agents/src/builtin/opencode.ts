import type { AgentAdapter, LaunchRequest, ProcessLaunch } from '../contract.js'
import { defineAgent } from '../define-agent.js'
import { option } from '../launch/option.js'
import { belowHome } from '../launch/state-dirs.js'
import { createOpencodeDialect } from '../streams/opencode-stream.js'
import { createStreamParser } from '../streams/stream-parser.js'

/**
 * OpenCode, `opencode run --format json` (verified with recorded streams of 1.18.33). The prompt goes through stdin;
 * the model is `PROVIDER/MODEL`: `opencode-anthropic/claude-sonnet-4-5`. Its cost is native where it knows a price.
 */
export function opencode(): AgentAdapter {
  return OPENCODE
}

const OPENCODE: AgentAdapter = defineAgent<AgentAdapter>({
  name: 'opencode',
  displayName: 'OpenCode',
  models: { aliases: {}, default: null },
  capabilities: {
    resume: true,
    maxTurns: false,
    nativeCost: true,
    usage: 'live',
    structuredOutput: false,
    stdinPrompt: true,
  },
  detection: {
    command: 'opencode',
    versionArgs: ['--version'],
    verified: ['1.18.x'],
    install: 'npm install -g opencode-ai',
    login: 'run opencode auth login',
  },
  launch,
  createParser: () => createStreamParser(createOpencodeDialect()),
})

function launch(request: LaunchRequest): ProcessLaunch {
  return {
    kind: 'process',
    file: 'opencode',
    args: [
      'run',
      '--format',
      'json',
      '--auto',
      '--thinking',
      ...option('--model', request.model),
      ...option('--session', request.sessionId),
      // Without a title, it asks a model for one, at a cost that no event tells.
      ...option('--title', request.sessionId === null ? `Gump: ${request.position.step}` : null),
    ],
    env: { OPENCODE_DISABLE_AUTOUPDATE: '1' },
    stdin: request.prompt,
    stateDirs: belowHome(
      request.env,
      '.local/share/opencode',
      '.local/state/opencode',
      '.config/opencode',
      '.cache/opencode',
    ),
  }
}
