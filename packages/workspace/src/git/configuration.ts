import { join } from 'node:path'

import { splitRecords } from './path-bytes.js'
import { demandGit, type GitCall, runGit } from './run-git.js'

/** One line of the configuration: the key as git spells it, and its value; null for a key without `=`. */
export type ConfigurationEntry = readonly [key: string, value: string | null]

/** What is configured for the user's working tree: by the machine, the user and the repository, weakest first. */
export interface Configuration {
  readonly entries: readonly ConfigurationEntry[]
  /** A path; undefined when the key is not set. */
  path(key: string): Promise<string | undefined>
  /** False, too, for what is not set and for what git would refuse. */
  isTrue(key: string): boolean
}

/** Reads the whole configuration with one git process; single keys would cost one each. */
export interface ConfigurationReader {
  /** As it was read last. */
  known(): Promise<Configuration>
  /** As it is now. */
  read(): Promise<Configuration>
}

export function createConfigurationReader(user: GitCall): ConfigurationReader {
  let last: Promise<Configuration> | null = null
  const read = (): Promise<Configuration> => {
    const reading = readConfiguration(user)
    last = reading
    reading.catch(() => {
      if (last === reading) last = null
    })
    return reading
  }
  return { known: () => last ?? read(), read }
}

async function readConfiguration(user: GitCall): Promise<Configuration> {
  const records = splitRecords(await demandGit(['config', '--list', '-z'], user))
  const entries = records.map((record): ConfigurationEntry => {
    const text = record.toString('utf8')
    const end = text.indexOf('\n')
    return end === -1 ? [text, null] : [text.slice(0, end), text.slice(end + 1)]
  })
  const last = new Map(entries.map(([key, value]) => [key.toLowerCase(), value]))
  return {
    entries,
    path: async (key) => {
      const value = last.get(key.toLowerCase())
      if (value === undefined || value === null) return undefined
      const home = user.env['HOME']
      if (value.startsWith('~/') && home !== undefined && home !== '') return join(home, value.slice(2))
      // Homes of other users, and what is meant by a prefix, git knows.
      if (/^[~%:]/u.test(value)) return askForPath(key, user)
      return value
    },
    isTrue: (key) => {
      const value = last.get(key.toLowerCase())
      return value !== undefined && isTrue(value)
    },
  }
}

async function askForPath(key: string, user: GitCall): Promise<string | undefined> {
  const { code, stdout } = await runGit(['config', '--type=path', '-z', '--get', key], user)
  return code === 0 ? stdout.toString('utf8').replace(/\0$/u, '') : undefined
}

/** A key without `=` counts as true. */
export function isTrue(value: string | null): boolean {
  return value === null || /^(?:true|yes|on|[1-9]\d*)$/iu.test(value)
}
