import type { AgentAdapter, LaunchRequest, ProcessLaunch } from '../contract.js'
import { defineAgent } from '../define-agent.js'
import { option } from '../launch/option.js'
import { belowHome, fromVariable } from '../launch/state-dirs.js'
import { createQwenDialect } from '../streams/qwen-stream.js'
import { createStreamParser } from '../streams/stream-parser.js'

/**
 * Qwen Code, `qwen --output-format stream-json` (verified with recorded streams of 0.24.4). The prompt goes through
 * stdin. The installed program is a wrapper that dies alone when it is killed; when the request says where it is, the
 * agent behind it is started directly, as the wrapper does it: `node --expose-gc cli.js`.
 */
export function qwen(): AgentAdapter {
  return QWEN
}

const QWEN: AgentAdapter = defineAgent<AgentAdapter>({
  name: 'qwen',
  displayName: 'Qwen Code',
  models: {
    aliases: { plus: 'qwen3-coder-plus', max: 'qwen3-max' },
    default: null,
    usual: 'qwen3-coder-plus',
  },
  capabilities: {
    resume: true,
    maxTurns: true,
    nativeCost: false,
    usage: 'live',
    structuredOutput: false,
    stdinPrompt: true,
  },
  detection: {
    command: 'qwen',
    versionArgs: ['--version'],
    verified: ['0.24.x'],
    install: 'npm install -g @qwen-code/qwen-code',
    login: 'run qwen and /auth, or set OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL',
  },
  launch,
  createParser: () => createStreamParser(createQwenDialect()),
})

const WRAPPER = /\/cli-entry\.js$/

function launch(request: LaunchRequest): ProcessLaunch {
  const { executable = '', env } = request
  const direct = WRAPPER.test(executable)
  return {
    kind: 'process',
    file: direct ? 'node' : 'qwen',
    args: [
      ...(direct ? ['--expose-gc', executable.replace(WRAPPER, '/cli.js')] : []),
      '--output-format',
      'stream-json',
      '--yolo',
      ...option('-m', request.model),
      ...option('--resume', request.sessionId),
      ...option('--max-session-turns', request.limits.maxTurns),
    ],
    env: { QWEN_CODE_SUPPRESS_YOLO_WARNING: '1' },
    stdin: request.prompt,
    stateDirs: [...fromVariable(env, 'QWEN_HOME'), ...belowHome(env, '.qwen')],
  }
}
