import type { AgentAdapter, LaunchRequest, ProcessLaunch } from '../contract.js'
import { defineAgent } from '../define-agent.js'
import { option } from '../launch/option.js'
import { belowHome, fromVariable } from '../launch/state-dirs.js'
import { createPiDialect } from '../streams/pi-stream.js'
import { createStreamParser } from '../streams/stream-parser.js'

/**
 * pi, `pi -p --mode json` (verified with recorded streams of 1.6.0, and of 0.73.1 when its package was
 * `@mariozechner/pi-coding-agent`). The prompt goes through stdin; the model may be `PROVIDER/MODEL`. Its cost is native
 * where it knows a price; its exit code says nothing.
 */
export function pi(): AgentAdapter {
  return PI
}

const PI: AgentAdapter = defineAgent<AgentAdapter>({
  name: 'pi',
  displayName: 'pi',
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
    command: 'pi',
    versionArgs: ['--version'],
    verified: ['0.73.x', '1.6.x'],
    install: 'npm install -g @earendil-works/pi-coding-agent',
    login: 'run pi and /login, or set the API key of your provider',
  },
  launch,
  createParser: () => createStreamParser(createPiDialect()),
})

function launch(request: LaunchRequest): ProcessLaunch {
  return {
    kind: 'process',
    file: 'pi',
    args: [
      '-p',
      '--mode',
      'json',
      ...option('--model', request.model),
      ...option('--session', request.sessionId),
    ],
    env: {},
    stdin: request.prompt,
    stateDirs: [...fromVariable(request.env, 'PI_CODING_AGENT_DIR'), ...belowHome(request.env, '.pi')],
  }
}
