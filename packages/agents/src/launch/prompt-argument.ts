import type { LaunchRequest, ProcessLaunch } from '../contract.js'

// Linux takes 128 KiB per argument; the rest of the budget is left to the environment and the other arguments.
const MAX_BYTES = 96 * 1024
const PROMPT_FILE = 'prompt.txt'

/** How a prompt is handed to a CLI that takes it as an argument only. */
export interface PromptArgument {
  readonly argument: string
  readonly files?: NonNullable<ProcessLaunch['files']>
}

/**
 * The prompt as one argument. A long one is put into a file, and the argument asks the agent to read it. One that looks
 * like an option gets a line break in front, which means nothing to a model.
 */
export function promptArgument(request: LaunchRequest): PromptArgument {
  const { prompt, scratchDir } = request
  if (Buffer.byteLength(prompt) > MAX_BYTES) {
    return {
      argument: `Read the file ${scratchDir}/${PROMPT_FILE} to its end, then do what it says.`,
      files: { [PROMPT_FILE]: prompt },
    }
  }
  return { argument: prompt.startsWith('-') ? `\n${prompt}` : prompt }
}
