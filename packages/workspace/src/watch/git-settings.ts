import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'

import type { Watched } from '../contract.js'
import { ownPatterns } from '../repository/ignore-patterns.js'
import type { Repository } from '../repository/repository.js'
import { readFile } from '../repository/small-files.js'
import { newPlace } from '../worktree/register.js'
import { listRecords } from '../worktree/site.js'
import { fileWith, fingerprint } from './fingerprint.js'

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

/** No folder of hooks has more; the rest is not looked at. */
const mostHooks = 1000

/**
 * The settings that git follows in this repository, by value: configuration, hooks, attributes, alternates, and where the
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
    lookAtRegistrations(repository, found),
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
async function lookAtRegistrations(repository: Repository, found: Map<string, string>): Promise<void> {
  const all = join(repository.commonDir, 'worktrees')
  const names = await readdir(all).catch(() => [])
  if (names.length === 0) return
  const records = await listRecords(repository)
  const own = new Set(records.map(({ adminDir }) => adminDir))
  // Where git adds a worktree of a run, and where Gump then puts it; its record may not name the registration yet.
  const places = records.flatMap(({ dir, privateDir }) => [dir, newPlace(privateDir, dir)])
  const ofRuns = new Set(places.map((place) => fileWith(`${join(place, '.git')}\n`)))
  const others = names.filter((name) => !own.has(join(all, name)))
  await Promise.all(others.map((name) => lookAtRegistration(join(all, name), ofRuns, found)))
}

/** A worktree that is added, removed or given patterns in the usual way leaves no trace here. */
async function lookAtRegistration(
  folder: string,
  ofRuns: ReadonlySet<string>,
  found: Map<string, string>,
): Promise<void> {
  const name = basename(folder)
  const shared = await readFile(join(folder, 'commondir'), 'latin1').catch(() => usual)
  // An empty file is one that git has made and not yet written: a worktree is being added.
  if (shared !== usual && shared !== '') found.set(`.git/worktrees/${name}/commondir`, shared)
  for (const file of ['gitdir', 'config.worktree']) {
    const value = await fingerprint(join(folder, file))
    if (value === null || value === fileWith('')) continue
    found.set(`.git/worktrees/${name}/${file}`, ofRuns.has(value) ? 'of a run' : value)
  }
}

/** The lines that Gump has not written: its own name one path each, from the top on. */
async function excludes(commonDir: string): Promise<string> {
  const text = await readFile(join(commonDir, 'info', 'exclude'), 'utf8').catch(() => '')
  const others = text
    .split('\n')
    .filter((line) => !ownPatterns.includes(line) && !/^\/(?:\\.|[^*?[\\])*$/u.test(line))
  return others.filter((line) => line.trim() !== '').join('\n')
}
