import type { AgentAdapter } from '@gump/agents'
import { isVerified, versionOf } from '@gump/agents'
import { environmentFor, findOnPath } from '@gump/process'
import type { Setup } from './setup.js'

/** What is known about an agent's program on this machine. */
export interface DetectedAgent {
  readonly path: string | null
  readonly version: string | null
  readonly verified: boolean
}

const patienceMs = 20_000
const embedded: DetectedAgent = { path: null, version: null, verified: true }

/** Looks for an agent's program and asks it for its version; an embedded agent needs none. */
export async function detectAgent(
  setup: Pick<Setup, 'ambient' | 'settings'>,
  adapter: AgentAdapter,
): Promise<DetectedAgent> {
  const { detection } = adapter
  if (detection === null) return embedded
  const { env, processes, clock } = setup.ambient
  const path = findOnPath(setup.settings.executables[adapter.name] ?? detection.command, env)
  if (path === undefined) return { path: null, version: null, verified: false }
  const lines: string[] = []
  const child = await processes.start(
    {
      container: `detect/${adapter.name}/${setup.ambient.ids.uuid()}`,
      file: path,
      args: detection.versionArgs,
      cwd: setup.ambient.home,
      env: environmentFor('agent', env),
    },
    { onStdoutLine: (line) => lines.push(line), onStderrLine: (line) => lines.push(line) },
  )
  const cancel = clock.timer(patienceMs, () => void child.kill())
  await child.exit
  cancel()
  const version = versionOf(lines.join('\n'))
  return { path, version, verified: version !== null && isVerified(version, detection.verified) }
}
