import { loadScript } from '../compose/agent-script.js'
import { pathFromRoot } from './path-from-root.js'

const prefix = 'scripted:'

/**
 * `--agent` as the engine takes it. A script's path is made relative to the repository, so that a resume from another
 * folder finds it again, and the script is checked before anything starts.
 */
export function agentFromFlag(root: string, cwd: string, agent: string | undefined): string | undefined {
  if (agent === undefined || !agent.startsWith(prefix)) return agent
  const file = pathFromRoot(root, cwd, agent.slice(prefix.length))
  loadScript(root, { file, byUser: true })
  return prefix + file
}
