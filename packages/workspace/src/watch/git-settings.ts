import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Watched } from '../contract.js'
import { ownPatterns } from '../repository/ignore-patterns.js'
import type { Repository } from '../repository/repository.js'
import { listRecords } from '../worktree/site.js'
import { fingerprint } from './fingerprint.js'

/** Files of the common `.git` that decide which programs git runs, which objects it believes, and what it overlooks. */
const common = [
  'config',
  'commondir',
  'info/attributes',
  'info/grafts',
  'shallow',
  'objects/info/alternates',
  'objects/info/http-alternates',
]

/** The same in the git folder of a working tree. */
const ofWorkingTree = ['config.worktree', 'info/sparse-checkout']

/** What `commondir` says in a registration that git made. */
const usual = '../..\n'

/** No folder of hooks has more; what goes on is not looked at. */
const mostHooks = 1000

/**
 * What git goes by in this repository, by value: configuration, hooks, attributes, alternates, and where the
 * registrations of the user's worktrees lead. A few small files, and no git.
 */
export async function gitSettings(repository: Repository): Promise<Watched> {
  const { commonDir, gitDir } = repository
  const found = new Map<string, string>()
  const look = async (name: string, path: string): Promise<void> => {
    const value = await fingerprint(path)
    if (value !== null) found.set(name, value)
  }
  await Promise.all([
    ...common.map((name) => look(`.git/${name}`, join(commonDir, name))),
    ...ofWorkingTree.map((name) => look(nameIn(repository, name), join(gitDir, name))),
    ...(await hooksIn(join(commonDir, 'hooks'))).map((name) =>
      look(`.git/hooks/${name}`, join(commonDir, 'hooks', name)),
    ),
    ...(await registrations(repository)).map((name) => lookAtRegistration(repository, name, found)),
  ])
  found.set('.git/info/exclude', await excludes(commonDir))
  return Object.fromEntries([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function nameIn({ commonDir, gitDir }: Repository, name: string): string {
  return gitDir === commonDir ? `.git/${name}` : `.git/worktrees/…/${name}`
}

async function hooksIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  // The samples that `git init` leaves are never run.
  return names.filter((name) => !name.endsWith('.sample')).slice(0, mostHooks)
}

/** The user's own: Gump adds and removes those of runs, and puts them back. */
async function registrations(repository: Repository): Promise<readonly string[]> {
  const names = await readdir(join(repository.commonDir, 'worktrees')).catch(() => [])
  if (names.length === 0) return names
  const own = new Set((await listRecords(repository)).map(({ adminDir }) => adminDir))
  return names.filter((name) => !own.has(join(repository.commonDir, 'worktrees', name)))
}

/** A worktree that is added, removed or given patterns in the usual way leaves no trace here. */
async function lookAtRegistration(
  { commonDir }: Repository,
  name: string,
  found: Map<string, string>,
): Promise<void> {
  const folder = join(commonDir, 'worktrees', name)
  const shared = await readFile(join(folder, 'commondir'), 'latin1').catch(() => usual)
  // Git has made the file and not yet written it: a worktree is being added.
  if (shared !== usual && shared !== '') found.set(`.git/worktrees/${name}/commondir`, shared)
  for (const file of ['gitdir', 'config.worktree']) {
    const value = await fingerprint(join(folder, file))
    if (value !== null) found.set(`.git/worktrees/${name}/${file}`, value)
  }
}

/** The lines that somebody else than Gump may have written: Gump's name one path each, from the top on. */
async function excludes(commonDir: string): Promise<string> {
  const text = await readFile(join(commonDir, 'info', 'exclude'), 'utf8').catch(() => '')
  const others = text
    .split('\n')
    .filter((line) => !ownPatterns.includes(line) && !/^\/(?:\\.|[^*?[\\])*$/u.test(line))
  return others.filter((line) => line.trim() !== '').join('\n')
}
