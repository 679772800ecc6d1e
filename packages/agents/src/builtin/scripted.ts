import { createHash } from 'node:crypto'
import type { AgentAdapter, AgentParser, LaunchRequest } from '../contract.js'
import { defineAgent } from '../define-agent.js'
import { compileEntry, failureProgram } from '../scripted/compile.js'
import { describePosition, findEntry } from '../scripted/match.js'
import { EMPTY_SCRIPT, type AgentScript } from '../scripted/script.js'
import { createNormalizedParser } from '../streams/normalized-stream.js'

/** Options of {@link scripted}. */
export interface ScriptedOptions {
  /** The prefix it answers to; `scripted` by default, `scripted:demo.yaml` for a script named in a workflow. */
  readonly name?: string
}

/**
 * An embedded agent that plays a script: no program to install, no network, no randomness, no cost unless the script
 * says so. Sessions can be resumed; a new one gets an id made from the attempt's position.
 *
 * @example
 * ```ts
 * const script = parseAgentScript('- do: [{write: {path: hello.txt, content: hi}}]', 'demo.yaml')
 * const agent = scripted(script)
 * ```
 */
export function scripted(script: AgentScript = EMPTY_SCRIPT, options: ScriptedOptions = {}): AgentAdapter {
  return defineAgent<AgentAdapter>({
    name: options.name ?? 'scripted',
    displayName: 'Scripted agent',
    models: { aliases: {}, default: null },
    capabilities: {
      resume: true,
      maxTurns: false,
      nativeCost: true,
      usage: 'live',
      structuredOutput: true,
      stdinPrompt: true,
    },
    detection: null,
    launch: (request) => ({ kind: 'embedded', program: programFor(script, request) }),
    createParser: createScriptedParser,
  })
}

function programFor(script: AgentScript, request: LaunchRequest): ReturnType<typeof compileEntry> {
  const entry = findEntry(script, request.position)
  if (entry !== null) {
    return compileEntry(entry, {
      sessionId: request.sessionId ?? newSessionId(request),
      model: request.model,
    })
  }
  const wanted = describePosition(request.position)
  const message =
    script.entries.length === 0
      ? `the scripted agent was given no script; it was asked for ${wanted}`
      : `no entry of ${script.file} matches ${wanted}`
  return failureProgram({ status: 'failed', cause: 'configuration', message })
}

function newSessionId({ position }: LaunchRequest): string {
  const { path, agent, round, attempt, launch } = position
  const digest = createHash('sha256').update(JSON.stringify([path, agent, round, attempt, launch]))
  return `scripted-${digest.digest('hex').slice(0, 16)}`
}

function createScriptedParser(): AgentParser {
  const parser = createNormalizedParser()
  return {
    push: (line) => parser.push(line),
    end: (exit) => {
      const outcome = parser.end(exit)
      // Nothing runs elsewhere: what a script does not price has really cost nothing.
      return outcome.costUsd === undefined && outcome.compat === undefined
        ? { ...outcome, costUsd: { value: 0, scope: 'launch' } }
        : outcome
    },
  }
}
