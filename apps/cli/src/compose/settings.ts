import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'

import type { EngineSettings, PriceLookup } from '@gump/engine'
import { defaultSettings } from '@gump/engine/settings'
import { parseDuration } from '@gump/schema'

import type { Configuration } from '../config/configuration.js'
import { limitsFromConfiguration } from '../run/limits.js'

/** The configuration as the engine takes it. */
export function engineSettings(
  config: Configuration,
  facts: {
    readonly root: string
    readonly home: string
    readonly version: string
    readonly pricing: PriceLookup
    /** Absent where nothing is run. */
    readonly assumedPricing?: EngineSettings['assumedPricing']
  },
): Partial<EngineSettings> {
  const jobs = config.number('parallel', 'jobs')
  const gateIdleMs = parseDuration(config.text('gates', 'max_idle') ?? '')
  const megabytes = config.number('logs', 'max_mb')
  const setup = config.find('worktree', 'setup')?.value
  const absolute = (path: string) => absolutePath(path, facts.root, facts.home)
  return {
    defaultAgent: config.text('default_agent') ?? defaultSettings.defaultAgent,
    agentAliases: texts(config.tableOf('agents', 'alias')),
    models: texts(config.tableOf('models')),
    pricing: facts.pricing,
    ...(facts.assumedPricing === undefined ? {} : { assumedPricing: facts.assumedPricing }),
    limits: limitsFromConfiguration(config),
    agentEnd: {
      silenceMs: duration(config, 'silence') ?? defaultSettings.agentEnd.silenceMs,
      backgroundMs: duration(config, 'background') ?? defaultSettings.agentEnd.backgroundMs,
    },
    ...(jobs === undefined ? {} : { jobs }),
    maxErrorChars: config.number('error_context', 'max_error_chars') ?? defaultSettings.maxErrorChars,
    maxDiffChars: config.number('error_context', 'max_diff_chars') ?? defaultSettings.maxDiffChars,
    sandbox: {
      mode: sandboxMode(config.text('sandbox', 'mode')),
      writable: config.list('sandbox', 'writable').map(absolute),
      hide: config.list('sandbox', 'hide').map(absolute),
      sockets: config.list('sandbox', 'sockets').map(absolute),
      devices: config.list('sandbox', 'devices').map(absolute),
    },
    worktree: {
      dir: worktreeDir(config, absolute),
      setup: setup === 'off' || Array.isArray(setup) ? (setup as 'off' | readonly string[]) : 'auto',
      copy: config.list('worktree', 'copy'),
      link: config.list('worktree', 'link'),
      submodules: config.toggle('worktree', 'submodules'),
    },
    gateCommands: gateCommands(config),
    ...(gateIdleMs === null ? {} : { gateIdleMs }),
    maxLogBytes: megabytes === undefined ? defaultSettings.maxLogBytes : megabytes * 2 ** 20,
    secretEnv: config.list('gates', 'secret_env'),
    passEnv: config.list('gates', 'pass_env'),
    durability: config.text('durability') === 'power' ? 'power' : 'process',
    executables: executables(config, facts.root, facts.home),
    gumpVersion: facts.version,
  }
}

function duration(config: Configuration, name: string): number | null {
  const text = config.text('agent_end', name)
  return text === undefined ? null : parseDuration(text)
}

/** What is relative stays so: it goes along when the repository is moved. */
function worktreeDir(config: Configuration, absolute: (path: string) => string): string | null {
  const dir = config.text('worktree', 'dir') ?? null
  return dir?.startsWith('~') === true ? absolute(dir) : dir
}

/** Commands of the gates, by alias, as the configuration overrides them. */
export function gateCommands(config: Configuration): Readonly<Record<string, string>> {
  const aliases = ['compile', 'test', 'lint', 'coverage', 'tests_found']
  return Object.fromEntries(
    aliases.flatMap((alias) => {
      const command = config.text('gates', alias)
      return command === undefined ? [] : [[alias, command]]
    }),
  )
}

/** Programs of agents by adapter name, where the user named one. */
export function executables(
  config: Configuration,
  root: string,
  home: string,
): Readonly<Record<string, string>> {
  const absolute = (path: string) => absolutePath(path, root, home)
  return texts(config.tableOf('agents', '*', 'executable'), absoluteIfPath(absolute))
}

/** `~` is the home folder; anything else that is not absolute lies in the repository. */
function absolutePath(path: string, root: string, home: string): string {
  if (path === '~' || path.startsWith('~/')) return join(home === '' ? homedir() : home, path.slice(1))
  return isAbsolute(path) ? path : resolve(root, path)
}

/** A bare name is looked up on PATH; a path is made absolute. */
function absoluteIfPath(absolute: (path: string) => string): (value: string) => string {
  return (value) => (value.includes('/') ? absolute(value) : value)
}

function sandboxMode(value: string | undefined): 'auto' | 'require' | 'strict' | 'off' {
  return value === 'require' || value === 'strict' || value === 'off' ? value : 'auto'
}

function texts(
  entries: ReadonlyMap<string, unknown>,
  change: (value: string) => string = (value) => value,
): Readonly<Record<string, string>> {
  return Object.fromEntries([...entries].map(([name, value]) => [name, change(String(value))]))
}
