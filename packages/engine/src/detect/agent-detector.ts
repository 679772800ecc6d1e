import { realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type AgentAdapter, isVerified, versionOf } from '@gump/agents'
import { environmentFor, findOnPath, type ProcessRunner } from '@gump/process'
import type { Clock, Ids } from '../contract.js'
import { openVersionCache } from './version-cache.js'

/** What this machine has of one agent. */
export interface DetectedAgent {
  /** null: not installed, or nothing has to be. */
  readonly path: string | null
  readonly version: string | null
  /** The version is one the adapter was verified with; true where there is no version to ask for. */
  readonly verified: boolean
}

export interface DetectorOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
  readonly processes: ProcessRunner
  readonly clock: Clock
  readonly ids: Ids
  /** Executable by adapter name, when not the adapter's own on PATH. */
  readonly executables: Readonly<Record<string, string>>
}

/** Looks agents' programs up and asks them for their versions, each once. */
export type AgentDetector = (adapter: AgentAdapter) => Promise<DetectedAgent>

const patienceMs = 20_000

export function createAgentDetector(options: DetectorOptions): AgentDetector {
  const cache = openVersionCache(join(options.home, '.gump', 'cache', 'versions.json'))
  const found = new Map<string, Promise<DetectedAgent>>()

  const detect = async (adapter: AgentAdapter): Promise<DetectedAgent> => {
    const { detection } = adapter
    if (detection === null) return { path: null, version: null, verified: true }
    const path = findOnPath(options.executables[adapter.name] ?? detection.command, options.env)
    if (path === undefined) return { path: null, version: null, verified: false }
    if (detection.versionArgs.length === 0) return { path, version: null, verified: true }
    const { size, mtimeMs } = statSync(path)
    // What a link leads to is not enough: version managers link many commands to one program, which looks at its name.
    const key = `${path}:${realpathSync(path)}:${size}:${mtimeMs}`
    const version = cache.get(key) ?? versionOf(await ask(options, path, detection.versionArgs))
    if (version !== null) cache.set(key, version)
    return { path, version, verified: version !== null && isVerified(version, detection.verified) }
  }

  return (adapter) => {
    const known = found.get(adapter.name) ?? detect(adapter)
    found.set(adapter.name, known)
    return known
  }
}

async function ask(options: DetectorOptions, path: string, args: readonly string[]): Promise<string> {
  const lines: string[] = []
  const take = (line: string): void => {
    if (lines.length < 100) lines.push(line)
  }
  const child = await options.processes.start(
    {
      container: `detect/${options.ids.uuid()}`,
      file: path,
      args,
      cwd: options.home,
      env: environmentFor('agent', options.env),
    },
    { onStdoutLine: take, onStderrLine: take },
  )
  const cancel = options.clock.timer(patienceMs, () => void child.kill().catch(() => {}))
  await child.exit.finally(cancel)
  return lines.join('\n')
}
