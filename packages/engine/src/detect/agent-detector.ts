import { existsSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type AgentAdapter, isVerified, versionOf } from '@gump/agents'
import { environmentFor, findBehindOnPath, findOnPath, type ProcessRunner } from '@gump/process'
import type { Clock, Ids } from '../contract.js'
import { openVersionCache } from './version-cache.js'

/** What this machine has of one agent. */
export interface DetectedAgent {
  /** null: not installed, or nothing has to be. */
  readonly path: string | null
  readonly version: string | null
  /** The version is one the adapter was verified with; true where there is no version to ask for. */
  readonly verified: boolean
  /** What a person should know who wonders about it: why it told no version, what else is on PATH. */
  readonly remarks: readonly string[]
}

/** What looking for programs needs to know of the machine. */
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

/**
 * Looks programs up on PATH, and keeps their versions by path, size and time in `~/.gump/cache`.
 *
 * @returns a function that asks each program once; a program that cannot be asked has no version, and `remarks` say why
 */
export function createAgentDetector(options: DetectorOptions): AgentDetector {
  const cache = openVersionCache(join(options.home, '.gump', 'cache', 'versions.json'))
  const found = new Map<string, Promise<DetectedAgent>>()

  const detect = async (adapter: AgentAdapter): Promise<DetectedAgent> => {
    const { detection } = adapter
    if (detection === null) return { path: null, version: null, verified: true, remarks: [] }
    const command = options.executables[adapter.name] ?? detection.command
    const path = findOnPath(command, options.env)
    if (path === undefined) return { path: null, version: null, verified: false, remarks: [] }
    const behind = findBehindOnPath(command, options.env)
    const others = behind.length === 0 ? [] : [`${path} comes before ${behind.join(', ')} on PATH`]
    if (detection.versionArgs.length === 0) return { path, version: null, verified: true, remarks: others }
    const { size, mtimeMs } = statSync(path)
    // What a link leads to is not enough: version managers link many commands to one program, which looks at its name.
    const key = `${path}:${realpathSync(path)}:${size}:${mtimeMs}`
    const known = cache.get(key)
    if (known !== undefined) return withVersion(known)
    const answer = await ask(options, path, detection.versionArgs)
    const version = versionOf(answer.text)
    if (version === null) return { path, version, verified: false, remarks: [answer.problem, ...others] }
    // Nobody's home folder is made by looking.
    if (existsSync(options.home)) cache.set(key, version)
    return withVersion(version)

    function withVersion(version: string): DetectedAgent {
      return {
        path: path ?? null,
        version,
        verified: isVerified(version, detection?.verified ?? []),
        remarks: others,
      }
    }
  }

  return (adapter) => {
    const known = found.get(adapter.name) ?? detect(adapter)
    found.set(adapter.name, known)
    return known
  }
}

interface Answer {
  readonly text: string
  /** What can be said about an answer without a version. */
  readonly problem: string
}

async function ask(options: DetectorOptions, path: string, args: readonly string[]): Promise<Answer> {
  const lines: string[] = []
  const take = (line: string): void => {
    if (lines.length < 100) lines.push(line)
  }
  const asked = [path, ...args].join(' ')
  // A home that is not there is none to start anything in; what the program lacks without it, it tells itself.
  const hasHome = existsSync(options.home)
  const homeless = hasHome ? '' : `; the home folder ${options.home} does not exist`
  try {
    const child = await options.processes.start(
      {
        container: `detect/${options.ids.uuid()}`,
        file: path,
        args,
        cwd: hasHome ? options.home : '/',
        env: environmentFor('agent', options.env),
      },
      { onStdoutLine: take, onStderrLine: take },
    )
    let late = false
    const cancel = options.clock.timer(patienceMs, () => {
      late = true
      void child.kill().catch(() => {})
    })
    const { code, signal } = await child.exit.finally(cancel)
    const text = lines.join('\n')
    if (late) return { text, problem: `${asked} had not answered after ${patienceMs / 1000}s${homeless}` }
    const ended = signal === null ? `exit code ${code ?? 'unknown'}` : signal
    const said = lines
      .find((line) => line.trim() !== '')
      ?.trim()
      .slice(0, 200)
    const words = said === undefined ? 'it printed nothing' : `it printed: ${said}`
    return { text, problem: `${asked} told no version (${ended}); ${words}${homeless}` }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { text: '', problem: `${asked} could not be started: ${reason}${homeless}` }
  }
}
