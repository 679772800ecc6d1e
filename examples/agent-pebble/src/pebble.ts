import { type AgentAdapter, defineAgent, type LaunchRequest, type ProcessLaunch } from '@gump/agents'
import { createPebbleParser } from './parser.js'

/** Pebble, `pebble run` (verified with recorded streams of 1.0.0). */
export const pebble: AgentAdapter = defineAgent<AgentAdapter>({
  name: 'pebble',
  displayName: 'Pebble',
  models: { aliases: { small: 'pebble-small', large: 'pebble-large' }, default: null },
  capabilities: {
    resume: true,
    maxTurns: true,
    nativeCost: true,
    usage: 'live',
    structuredOutput: false,
    stdinPrompt: true,
  },
  detection: {
    command: 'pebble',
    versionArgs: ['--version'],
    verified: ['1.0.x'],
    install: 'npm install --save-dev gump-agent-pebble',
    login: 'unset PEBBLE_FAIL; Pebble needs no account',
  },
  launch,
  createParser: createPebbleParser,
})

function launch(request: LaunchRequest): ProcessLaunch {
  const { prompt, model, sessionId, limits, env } = request
  return {
    kind: 'process',
    file: 'pebble',
    args: [
      'run',
      ...(model === null ? [] : ['--model', model]),
      ...(sessionId === null ? [] : ['--session', sessionId]),
      ...(limits.maxTurns === undefined ? [] : ['--max-replies', String(limits.maxTurns)]),
    ],
    env: {},
    stdin: prompt,
    stateDirs: stateDirs(env),
  }
}

/** Where Pebble keeps its sessions: it must be able to write there, sandboxed or not. */
function stateDirs(env: LaunchRequest['env']): readonly string[] {
  const { PEBBLE_HOME: own, HOME: home } = env
  const folder = own ?? (home === undefined ? undefined : `${home}/.pebble`)
  return folder?.startsWith('/') === true ? [folder] : []
}
