import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import { type AgentAdapter, parseAgentScript, scripted } from '@gump/agents'
import { GumpError } from '@gump/errors'

/**
 * The scripted agent: plays the script of `[agents.scripted]` under its own name, and any file as `scripted:FILE`, the
 * path being relative to the repository.
 */
export function scriptedAgents(root: string, script: string | undefined): AgentAdapter {
  const base = script === undefined ? scripted() : scripted(loadScript(root, script))
  return {
    ...base,
    withArgument: (file) => scripted(loadScript(root, file), { name: `scripted:${file}` }),
  }
}

/** Reads and parses a script; GUMP-A001 names every mistake in it. */
export function loadScript(root: string, file: string): ReturnType<typeof parseAgentScript> {
  let text: string
  try {
    text = readFileSync(resolve(root, file), 'utf8')
  } catch (error) {
    throw new GumpError('GUMP-A001', `the agent script ${file} can not be read`, {
      cause: error,
      data: { file },
      remedy: 'Check the path behind scripted: or under [agents.scripted].',
    })
  }
  return parseAgentScript(text, file)
}
