import { resolve } from 'node:path'

import { type AgentAdapter, parseAgentScript, scripted } from '@gump/agents'
import { GumpError } from '@gump/errors'
import { readGivenFile } from '@gump/schema'

/** A script file and who names it: only its user may name one outside the repository. */
export interface GivenScript {
  readonly file: string
  readonly byUser: boolean
}

/**
 * The scripted agent: plays the script of `[agents.scripted]` under its own name, and any file as `scripted:FILE`, the
 * path being relative to the repository. A script is read once, however many steps name it: all of them play the same.
 *
 * @param isNamed - whether the user has given this name of an agent
 */
export function scriptedAgents(
  root: string,
  script: GivenScript | undefined,
  isNamed: (name: string) => boolean,
): AgentAdapter {
  const base = script === undefined ? scripted() : scripted(loadScript(root, script))
  const read = new Map<string, AgentAdapter>()
  return {
    ...base,
    withArgument: (file) => {
      const name = `scripted:${file}`
      const agent = read.get(name) ?? scripted(loadScript(root, { file, byUser: isNamed(name) }), { name })
      read.set(name, agent)
      return agent
    },
  }
}

/** Reads and parses a script; GUMP-A001 names every mistake in it. */
export function loadScript(root: string, { file, byUser }: GivenScript): ReturnType<typeof parseAgentScript> {
  const read = readGivenFile(resolve(root, file), { root, outside: byUser })
  if ('text' in read) return parseAgentScript(read.text, file)
  throw new GumpError('GUMP-A001', `the agent script ${file} cannot be read: it ${read.problem}`, {
    data: { file },
    remedy:
      read.kind === 'escape'
        ? `Name it with --agent scripted:${file}, or in ~/.gump/config.toml.`
        : 'Check the path behind scripted: or under [agents.scripted].',
  })
}
