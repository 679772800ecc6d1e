import type { AgentAdapter, Detection, LaunchRequest, ProcessLaunch } from '../contract.js'
import { defineAgent } from '../define-agent.js'
import { fillCommand, hasPlaceholder } from '../launch/command-template.js'
import { promptArgument, type PromptArgument } from '../launch/prompt-argument.js'
import { failureProgram } from '../scripted/compile.js'
import { createNormalizedParser } from '../streams/normalized-stream.js'
import { createTextParser } from '../streams/text-stream.js'

/** A program that becomes an agent by configuration: `[agents.NAME]`. */
export interface CommandAgent {
  /**
   * Its command line, without a shell. Placeholders: `{prompt_file}` or `{prompt}` (without one of them the prompt goes
   * to stdin), `{model}` and `{session}`; the latter are left out, with an option in front of them, when there is none.
   * `{prompt}` is one argument; a prompt that is too long for one asks the agent to read a file.
   */
  readonly command: string
  /** `text`: the exit code is the verdict; `jsonl`: Gump's own stream, see `createNormalizedParser`. */
  readonly format: 'text' | 'jsonl'
}

const PROMPT_FILE = 'prompt.txt'

/**
 * The family of agents made from any program, without code: `command:NAME`.
 *
 * @param agents the configured programs by name
 *
 * @example
 * ```ts
 * const agents = [command({ lint: { command: 'lint-bot --fix --task {prompt_file}', format: 'text' } })]
 * resolveAgent('command:lint', agents)
 * ```
 */
export function command(agents: Readonly<Record<string, CommandAgent>> = {}): AgentAdapter {
  const names = Object.keys(agents)
  const configured = names.length === 0 ? 'none is' : `configured: ${names.join(', ')}`
  return defineAgent<AgentAdapter>({
    ...commandAgent('command', { command: '', format: 'jsonl' }),
    launch: () => ({
      kind: 'embedded',
      program: failureProgram({
        status: 'failed',
        cause: 'configuration',
        message: `name a configured command, such as command:NAME (${configured})`,
      }),
    }),
    withArgument: (name) => {
      const agent = Object.hasOwn(agents, name) ? agents[name] : undefined
      return agent === undefined ? null : defineAgent(commandAgent(`command:${name}`, agent))
    },
  })
}

/** The agent behind a command line, whatever it is called. */
export function commandAgent(name: string, agent: CommandAgent): AgentAdapter {
  const jsonl = agent.format === 'jsonl'
  return {
    name,
    displayName: 'Configured command',
    models: { aliases: {}, default: null },
    capabilities: {
      resume: hasPlaceholder(agent.command, 'session'),
      maxTurns: false,
      nativeCost: jsonl,
      usage: jsonl ? 'live' : 'none',
      structuredOutput: false,
      stdinPrompt: !takesFile(agent) && !takesArgument(agent),
    },
    detection: detection(agent),
    launch: (request) => launch(agent, request),
    createParser: jsonl ? createNormalizedParser : createTextParser,
  }
}

/** It must be there before a run begins; nobody knows what it would do when it was asked for its version. */
function detection({ command }: CommandAgent): Detection | null {
  const [program] = fillCommand(command, {})
  if (program === undefined) return null
  return {
    command: program,
    versionArgs: [],
    verified: [],
    install: `install ${program}, or correct its command under [agents]`,
    login: `sign in with ${program} itself`,
  }
}

function takesFile({ command }: CommandAgent): boolean {
  return hasPlaceholder(command, 'prompt_file')
}

function takesArgument({ command }: CommandAgent): boolean {
  return hasPlaceholder(command, 'prompt')
}

function launch(agent: CommandAgent, request: LaunchRequest): ProcessLaunch {
  const { prompt, model, sessionId, scratchDir } = request
  const spoken = promptArgument(request)
  const values = {
    prompt_file: `${scratchDir}/${PROMPT_FILE}`,
    prompt: spoken.argument,
    model,
    session: sessionId,
  }
  const [file = '', ...args] = fillCommand(agent.command, values)
  return {
    kind: 'process',
    file,
    args,
    env: {},
    stateDirs: [],
    ...handOver(agent, prompt, spoken),
  }
}

function handOver(
  agent: CommandAgent,
  prompt: string,
  spoken: PromptArgument,
): Pick<ProcessLaunch, 'files' | 'stdin'> {
  if (takesFile(agent)) return { files: { [PROMPT_FILE]: prompt } }
  if (!takesArgument(agent)) return { stdin: prompt }
  return spoken.files === undefined ? {} : { files: spoken.files }
}
