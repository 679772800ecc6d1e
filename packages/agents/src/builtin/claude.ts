import type { AgentAdapter, LaunchRequest, ProcessLaunch } from '../contract.js'
import { defineAgent } from '../define-agent.js'
import { option } from '../launch/option.js'
import { belowHome, fromVariable, isSet } from '../launch/state-dirs.js'
import { createClaudeDialect } from '../streams/claude-stream.js'
import { createStreamParser } from '../streams/stream-parser.js'

/**
 * Claude Code, `claude -p --output-format stream-json` (verified with recorded streams of 2.1.329; 2.1.332 was run).
 *
 * The prompt goes through stdin, whatever its length. Partial messages are asked for: they tell the output tokens of
 * every message while the agent works, so that a killed attempt is accounted for too.
 *
 * Permissions are bypassed, as Gump's own worktree and sandbox are the fence. As root the CLI refuses that unless
 * `IS_SANDBOX=1` says that it runs in a sandbox: the adapter says so only when Gump's sandbox is in force. Without one,
 * root gets `--permission-mode acceptEdits`: the agent edits files but runs no unapproved command, and what was denied
 * is reported as a warning. Set `IS_SANDBOX=1` in the environment to run Gump as root in a throw-away container.
 */
export function claude(): AgentAdapter {
  return CLAUDE
}

const CLAUDE: AgentAdapter = defineAgent<AgentAdapter>({
  name: 'claude',
  displayName: 'Claude Code',
  models: {
    aliases: { opus: 'claude-opus-5-5', sonnet: 'claude-sonnet-5-5', haiku: 'claude-haiku-5-5' },
    default: null,
  },
  capabilities: {
    resume: true,
    maxTurns: true,
    nativeCost: true,
    usage: 'live',
    structuredOutput: false,
    stdinPrompt: true,
  },
  detection: {
    command: 'claude',
    versionArgs: ['--version'],
    verified: ['2.1.x'],
    install: 'npm install -g @anthropic-ai/claude-code',
    login: 'run claude and /login, or set ANTHROPIC_API_KEY',
    signedIn: { args: ['auth', 'status'] },
  },
  launch,
  createParser: () => createStreamParser(createClaudeDialect()),
})

function launch(request: LaunchRequest): ProcessLaunch {
  const { env, limits } = request
  const asRoot = request.isRoot && !isSet(env['IS_SANDBOX'])
  const bypass = !asRoot || request.sandbox === 'enforced'
  return {
    kind: 'process',
    file: 'claude',
    args: [
      '-p',
      '--output-format',
      'stream-json',
      '--verbose',
      '--include-partial-messages',
      ...(bypass ? ['--dangerously-skip-permissions'] : ['--permission-mode', 'acceptEdits']),
      ...option('--model', request.model),
      ...option('--resume', request.sessionId),
      ...option('--max-turns', limits.maxTurns),
      ...option('--max-budget-usd', limits.maxBudgetUsd),
    ],
    env: {
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      ...(asRoot && bypass ? { IS_SANDBOX: '1' } : {}),
    },
    stdin: request.prompt,
    stateDirs: [
      ...fromVariable(env, 'CLAUDE_CONFIG_DIR'),
      ...belowHome(env, '.claude', '.cache/claude-cli-nodejs'),
    ],
    stateFiles: belowHome(env, '.claude.json'),
  }
}
