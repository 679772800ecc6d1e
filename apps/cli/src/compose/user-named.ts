import type { Configuration } from '../config/configuration.js'

/**
 * Which names of agents come from the user: from their own configuration, their environment, or their command line.
 * Everything else was written by the author of the repository, or by an agent.
 *
 * @param asked - `--agent`
 */
export function userNamed(config: Configuration, asked: string | undefined): (name: string) => boolean {
  const named = config.settings.filter(
    ({ key, source }) =>
      (key.path === 'default_agent' || key.path === 'agents.alias.*') && source !== 'project',
  )
  const names = new Set<unknown>([asked, ...named.map(({ value }) => value)])
  return (name) => names.has(name)
}
