import { parseArgsStringToArgv } from 'string-argv'
import { ownProgram } from '../launch/own-program.js'
import { needsOf } from '../acp/program-needs.js'
import type {
  AgentAdapter,
  AgentOutcome,
  AgentParser,
  LaunchRequest,
  ProcessExit,
  ProcessLaunch,
} from '../contract.js'
import { defineAgent } from '../define-agent.js'
import { failureProgram } from '../scripted/compile.js'
import { complaints, stderrTail } from '../failures/stderr.js'
import { saysUnknownSession } from '../failures/unknown-session.js'
import { endToldBy } from '../streams/missing-result.js'
import { createNormalizedParser } from '../streams/normalized-stream.js'

/** Options of {@link acp}. */
export interface AcpOptions {
  /** Path of the bridge program, when this package is bundled into another one. */
  readonly bridge?: string
}

/**
 * The family of agents that speak the Agent Client Protocol, version 1: `acp:<command>`, for example
 * `acp:gemini --acp`. A bridge program of this package starts the command, speaks the protocol and prints the
 * normalised stream, so the adapter stays a pure description. Sessions are continued where the agent can.
 *
 * @example
 * ```ts
 * resolveAgent('acp:opencode acp', [acp()])
 * ```
 */
export function acp(options: AcpOptions = {}): AgentAdapter {
  const bridge = options.bridge ?? ownProgram('acp')
  return defineAgent<AgentAdapter>({
    ...acpAgent('acp', [], bridge),
    launch: () => ({
      kind: 'embedded',
      program: failureProgram({
        status: 'failed',
        cause: 'configuration',
        message: 'name the command of an agent that speaks ACP, such as "acp:gemini --acp"',
      }),
    }),
    withArgument: (argument) => {
      const words = /[\n\r]/.test(argument) ? [] : parseArgsStringToArgv(argument)
      return words.length === 0 ? null : defineAgent(acpAgent(`acp:${argument}`, words, bridge))
    },
  })
}

/** The agent behind the words of a command that speaks the protocol. */
export function acpAgent(name: string, words: readonly string[], bridge: string): AgentAdapter {
  const [program] = words
  return {
    name,
    displayName: 'ACP agent',
    models: { aliases: {}, default: null },
    capabilities: {
      resume: true,
      maxTurns: false,
      nativeCost: false,
      usage: 'none',
      structuredOutput: false,
      stdinPrompt: true,
    },
    detection:
      program === undefined
        ? null
        : {
            command: program,
            versionArgs: ['--version'],
            verified: [],
            install: `install ${program}, or name its path`,
            login: `sign in with ${program} itself`,
          },
    launch: (request) => launch(words, bridge, request),
    createParser,
  }
}

/**
 * Why an agent ended without an answer is on stderr, if anywhere. The protocol tells the cost of a session only: what an
 * agent spends beside it, on a title for instance, is not in there.
 */
function createParser(): AgentParser {
  const parser = createNormalizedParser()
  return {
    push: (line) => parser.push(line),
    end(exit) {
      const told = parser.end(exit)
      const outcome: AgentOutcome = told.costUsd === undefined ? told : { ...told, partial: true }
      if (outcome.status === 'success' || outcome.cause !== 'no_result') return outcome
      return explained(outcome, exit)
    },
  }
}

/** What an agent said on stderr in place of an answer. */
function explained(outcome: Extract<AgentOutcome, { status: 'failed' }>, exit: ProcessExit): AgentOutcome {
  const tail = stderrTail(exit)
  if (tail === '') return outcome
  const message = outcome.message.includes(tail) ? outcome.message : `${outcome.message}: ${tail}`
  const said = complaints(exit)
  if (saysUnknownSession(said)) return { ...outcome, cause: 'error', message, sessionRefused: true }
  return { ...outcome, message, ...endToldBy(said) }
}

function launch(words: readonly string[], bridge: string, request: LaunchRequest): ProcessLaunch {
  const { cwd, model, sessionId, prompt } = request
  return {
    kind: 'process',
    file: 'node',
    args: [bridge, JSON.stringify({ command: words, cwd, model, sessionId })],
    ...needsOf(words[0] ?? '', request),
    stdin: prompt,
  }
}
