import { createHash } from 'node:crypto'
import type { AgentAdapter, LaunchRequest, ProcessLaunch } from '../contract.js'
import { defineAgent } from '../define-agent.js'
import { followedLaunch } from '../follow/followed-launch.js'
import { option } from '../launch/option.js'
import { promptArgument } from '../launch/prompt-argument.js'
import { belowHome, fromVariable } from '../launch/state-dirs.js'
import { createKimiDialect, KIMI_RECORDS } from '../streams/kimi-stream.js'
import { createStreamParser } from '../streams/stream-parser.js'

/**
 * Kimi Code, `kimi -p PROMPT --output-format stream-json` (verified with recorded streams of 2.1.0). Its stream has no
 * tokens, no session before the end, and tells a tool when it has finished; it notes all of that in the files of the
 * session, sub-agents included, which are followed.
 */
export function kimi(): AgentAdapter {
  return KIMI
}

const KIMI: AgentAdapter = defineAgent<AgentAdapter>({
  name: 'kimi',
  displayName: 'Kimi Code',
  models: { aliases: {}, default: null },
  capabilities: {
    resume: true,
    maxTurns: false,
    nativeCost: false,
    usage: 'live',
    structuredOutput: false,
    stdinPrompt: false,
  },
  detection: {
    command: 'kimi',
    versionArgs: ['--version'],
    verified: ['2.1.x'],
    install: 'npm install -g @moonshot-ai/kimi-code',
    login: 'run kimi login, or configure a provider with an API key',
  },
  launch,
  createParser: () => createStreamParser(createKimiDialect()),
})

function launch(request: LaunchRequest): ProcessLaunch {
  const { model, sessionId, env } = request
  const homes = [...fromVariable(env, 'KIMI_CODE_HOME'), ...belowHome(env, '.kimi-code')]
  const prompt = promptArgument(request)
  const start = {
    file: 'kimi',
    args: [
      '--output-format',
      'stream-json',
      ...option('--model', model),
      ...option('--session', sessionId),
      '--prompt',
      prompt.argument,
    ],
  }
  const [home] = homes
  return {
    kind: 'process',
    ...(home === undefined
      ? start
      : followedLaunch(request, start, {
          pattern: `${home}/sessions/wd_*_${folderKey(request.cwd)}/${sessionId ?? 'session_*'}/agents/*/wire.jsonl`,
          pick: KIMI_RECORDS,
        })),
    env: { KIMI_CODE_NO_AUTO_UPDATE: '1' },
    ...(prompt.files === undefined ? {} : { files: prompt.files }),
    stateDirs: homes,
  }
}

/** How Kimi tells working folders apart in the names of its folders: by twelve digits of a hash, behind a readable part. */
function folderKey(cwd: string): string {
  return createHash('sha256').update(cwd.replace(/\/+$/, '')).digest('hex').slice(0, 12)
}
