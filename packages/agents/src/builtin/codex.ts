import type { AgentAdapter, LaunchRequest, ProcessLaunch } from '../contract.js'
import { defineAgent } from '../define-agent.js'
import { followedLaunch } from '../follow/followed-launch.js'
import { option } from '../launch/option.js'
import { belowHome, fromVariable } from '../launch/state-dirs.js'
import { createCodexDialect } from '../streams/codex-stream.js'
import { createStreamParser } from '../streams/stream-parser.js'

/**
 * Codex, `codex exec --json` (verified with recorded streams of 0.169.0). The prompt goes through stdin. Its own
 * sandbox is bypassed, as Gump's worktree and sandbox are the fence: commands that it denies leave no trace in the
 * stream, and the run still ends well. Analytics are off: without a network they delay the exit by 5 s. What each call of
 * the model uses, those of sub-agents included, is in the records of its threads only, which are followed.
 */
export function codex(): AgentAdapter {
  return CODEX
}

const CODEX: AgentAdapter = defineAgent<AgentAdapter>({
  name: 'codex',
  displayName: 'Codex',
  models: { aliases: {}, default: null },
  capabilities: {
    resume: true,
    maxTurns: false,
    nativeCost: false,
    usage: 'live',
    structuredOutput: true,
    stdinPrompt: true,
  },
  detection: {
    command: 'codex',
    versionArgs: ['--version'],
    verified: ['0.169.x', '0.171.x'],
    install: 'npm install -g @openai/codex',
    login: 'run codex login, or set CODEX_API_KEY',
    signedIn: { args: ['login', 'status'], keys: ['CODEX_API_KEY'] },
  },
  launch,
  createParser: () => createStreamParser(createCodexDialect()),
})

function launch(request: LaunchRequest): ProcessLaunch {
  const { env, sessionId, cwd } = request
  const [home] = [...fromVariable(env, 'CODEX_HOME'), ...belowHome(env, '.codex')]
  const start = {
    file: 'codex',
    args: [
      'exec',
      '--json',
      '--dangerously-bypass-approvals-and-sandbox',
      '--skip-git-repo-check',
      '-c',
      'analytics.enabled=false',
      ...option('-m', request.model),
      ...option('resume', request.sessionId),
      '-',
    ],
  }
  return {
    kind: 'process',
    ...(home === undefined
      ? start
      : followedLaunch(request, start, {
          pattern: `${home}/sessions/*/*/*/rollout-*.jsonl`,
          pick: ['"token_usage_record"'],
          older: sessionId ?? '/',
          first: JSON.stringify(cwd),
        })),
    env: {},
    stdin: request.prompt,
    stateDirs: [...fromVariable(request.env, 'CODEX_HOME'), ...belowHome(request.env, '.codex')],
  }
}
