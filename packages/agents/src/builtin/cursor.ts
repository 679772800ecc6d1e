import type { AgentAdapter, LaunchRequest, ProcessLaunch } from '../contract.js'
import { defineAgent } from '../define-agent.js'
import { option } from '../launch/option.js'
import { promptArgument } from '../launch/prompt-argument.js'
import { belowHome } from '../launch/state-dirs.js'
import { present } from '../streams/json-value.js'
import { createCursorDialect } from '../streams/cursor-stream.js'
import { createStreamParser } from '../streams/stream-parser.js'

/**
 * Cursor's agent, `cursor-agent -p --output-format stream-json`: written from its published format, never recorded.
 * It tells tokens but no cost, and exits with 0 even when it could not do the task.
 */
export function cursor(): AgentAdapter {
  return CURSOR
}

const CURSOR: AgentAdapter = defineAgent<AgentAdapter>({
  name: 'cursor',
  displayName: 'Cursor agent',
  models: { aliases: {}, default: null },
  capabilities: {
    resume: true,
    maxTurns: false,
    nativeCost: false,
    usage: 'final',
    structuredOutput: false,
    stdinPrompt: false,
  },
  detection: {
    command: 'cursor-agent',
    versionArgs: ['--version'],
    verified: [],
    install: 'curl https://cursor.com/install -fsS | bash',
    login: 'run cursor-agent login, or set CURSOR_API_KEY',
  },
  launch,
  createParser: () => createStreamParser(createCursorDialect()),
})

function launch(request: LaunchRequest): ProcessLaunch {
  const { argument, files } = promptArgument(request)
  return {
    kind: 'process',
    file: 'cursor-agent',
    args: [
      '-p',
      '--output-format',
      'stream-json',
      '--force',
      '--trust',
      '--workspace',
      request.cwd,
      ...option('--resume', request.sessionId),
      ...option('--model', request.model),
      argument,
    ],
    env: {},
    stateDirs: belowHome(request.env, '.cursor', '.config/cursor'),
    ...present('files', files),
  }
}
