import { randomUUID } from 'node:crypto'
import { mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { GumpError } from '@gump/errors'
import { readGivenFile } from '@gump/schema'

/** The user's consent to a plugin, in one repository and with this content. */
export interface Consent {
  /** Real path of the repository. */
  readonly repository: string
  /** As it is listed. */
  readonly plugin: string
  readonly hash: string
  /** ISO time. */
  readonly given: string
  /** Hash of each file by package and path, to tell later what has changed. */
  readonly files: Readonly<Record<string, string>>
}

/** What this user has consented to. */
export interface Consents {
  readonly all: readonly Consent[]
  find(repository: string, plugin: string): Consent | undefined
  /** Takes the place of an earlier one. */
  give(consent: Consent): void
  /** What was taken back, if there was anything. */
  takeBack(repository: string, plugin: string): Consent | undefined
}

/** Of the file, which names every file of every plugin. */
const maxBytes = 64 * 1024 * 1024

/** Reads `~/.gump/plugins/consents.json`. */
export function openConsents(home: string): Consents {
  const file = join(home, '.gump', 'plugins', 'consents.json')
  let all = read(file)
  const isOne = (repository: string, plugin: string) => (one: Consent) =>
    one.repository === realpathSync(repository) && one.plugin === plugin
  const write = (): void => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const made = `${file}.${randomUUID()}`
    try {
      writeFileSync(made, `${JSON.stringify({ version: 1, consents: all }, null, 1)}\n`, { mode: 0o600 })
      renameSync(made, file)
    } finally {
      rmSync(made, { force: true })
    }
  }
  return {
    get all() {
      return all
    },
    find: (repository, plugin) => all.find(isOne(repository, plugin)),
    give(consent) {
      const same = isOne(consent.repository, consent.plugin)
      all = [...all.filter((one) => !same(one)), consent]
      write()
    },
    takeBack(repository, plugin) {
      const same = isOne(repository, plugin)
      const found = all.find(same)
      if (found === undefined) return undefined
      all = all.filter((one) => !same(one))
      write()
      return found
    },
  }
}

function read(file: string): readonly Consent[] {
  const found = readGivenFile(file, { root: null, maxBytes })
  if (!('text' in found)) {
    if (found.kind === 'missing') return []
    throw damaged(file, found.problem)
  }
  try {
    const { version, consents } = JSON.parse(found.text) as { version?: unknown; consents?: unknown }
    if (version === 1 && Array.isArray(consents) && consents.every(isConsent)) return consents
  } catch {
    throw damaged(file, 'is not JSON')
  }
  throw damaged(file, 'was written by another version of Gump, or by hand')
}

function isConsent(value: unknown): value is Consent {
  if (typeof value !== 'object' || value === null) return false
  const { repository, plugin, hash, given, files } = value as Record<string, unknown>
  const texts = [repository, plugin, hash, given].every((text) => typeof text === 'string')
  return texts && typeof files === 'object' && files !== null
}

function damaged(file: string, problem: string): GumpError {
  return new GumpError('GUMP-C007', `the consents to plugins cannot be read: ${file} ${problem}`, {
    data: { file },
    remedy: 'Remove it, and give consent again with gump trust.',
  })
}
