import { basename, dirname, join, resolve } from 'node:path'

import { GumpError } from '@gump/errors'

import { gitFailed } from '../git/git-failure.js'
import { type GitOutcome, runGit } from '../git/run-git.js'
import { persist } from '../repository/patience.js'
import { removeFolder } from '../repository/remove-folder.js'
import type { Repository } from '../repository/repository.js'
import { placeOfRegistration } from './pointer.js'
import type { Site } from './site.js'
import { writeRegistration } from './write-registration.js'
import { mkdir, readdir, readFile, writeFile } from '../repository/small-files.js'

/** Where git keeps a worktree's HEAD and index, and what it wrote into its `config.worktree`. */
export type Registration = Pick<Site, 'adminDir' | 'worktreeConfig'>

/** The registration of a worktree's folder, by the path that it names; null: none, or one that is no longer whole. */
export async function findRegistration(repository: Repository, dir: string): Promise<string | null> {
  const all = join(repository.commonDir, 'worktrees')
  for (const name of await readdir(all).catch(() => [])) {
    if ((await placeOfRegistration(join(all, name))) === dir) return join(all, name)
  }
  return null
}

/** True when a registration that is about to be put back now belongs to another worktree that exists. */
export async function isTakenOver(adminDir: string, dir: string): Promise<boolean> {
  const place = await placeOfRegistration(adminDir)
  if (place === null || place === dir) return false
  const pointer = await readFile(join(place, '.git'), 'utf8').catch(() => '')
  return pointer.trim() === `gitdir: ${adminDir}`
}

/**
 * Registers a new worktree for `dir`, where necessary by git. That adds it at a place inside the private folder, so that
 * `dir` may hold files already; the caller then points the registration at `dir`.
 *
 * @throws GumpError GUMP-G001
 */
export async function register(
  repository: Repository,
  { dir, privateDir, commit }: { readonly dir: string; readonly privateDir: string; readonly commit: string },
): Promise<Registration> {
  const place = newPlace(privateDir, dir)
  await mkdir(dirname(place), { recursive: true })
  const written = await writeRegistration(repository, { dir, place, commit })
  if (written !== null) {
    await removeFolder(dirname(place))
    return { adminDir: written, worktreeConfig: null }
  }
  // The registration is pointed at another folder by hand, and a relative one would change the user's configuration.
  const args = [
    '-c',
    'worktree.useRelativePaths=false',
    'worktree',
    'add',
    '--detach',
    '--no-checkout',
    '--force',
    place,
    commit,
  ]
  let outcome: GitOutcome | null = null
  // Worktrees that are added at the same time can see each other half-made, which git does not bear.
  const added = await persist({ attempts: 8, pauseMs: 25 }, async (n) => {
    await forget(repository, place)
    if (n > 3) await mendOthers(repository)
    outcome = await runGit(args, repository.common)
    return outcome.code === 0 ? true : null
  })
  if (added === null) throw gitFailed(args, outcome ?? { code: -1, stderr: '' })
  const adminDir = await pointedAt(place)
  await removeFolder(dirname(place))
  return { adminDir, worktreeConfig: await worktreeConfigOf(adminDir) }
}

/** What git wrote into a registration that nobody has worked in yet. */
export function worktreeConfigOf(adminDir: string): Promise<string | null> {
  return readFile(join(adminDir, 'config.worktree'), 'utf8').catch(() => null)
}

/** Where a worktree is added before it is pointed at its own folder. */
export function newPlace(privateDir: string, dir: string): string {
  return join(privateDir, 'new', basename(dir))
}

async function pointedAt(place: string): Promise<string> {
  const pointer = await readFile(join(place, '.git'), 'utf8')
  const target = /^gitdir: (.*)\n?$/su.exec(pointer)?.[1]
  if (target === undefined) throw new GumpError('GUMP-G001', `git left no pointer in ${place}`)
  return resolve(place, target.replace(/\n$/u, ''))
}

/** Removes what an earlier attempt left. */
async function forget(repository: Repository, place: string): Promise<void> {
  await removeFolder(place)
  const old = await findRegistration(repository, place)
  if (old !== null) await removeFolder(old)
}

/** A registration that lost its `commondir` file makes git fail for every worktree; its content is always the same. */
async function mendOthers({ commonDir }: Repository): Promise<void> {
  const all = join(commonDir, 'worktrees')
  for (const name of await readdir(all).catch(() => [])) {
    const file = join(all, name, 'commondir')
    const text = await readFile(file, 'utf8').catch(() => null)
    if (text === '') await writeFile(file, '../..\n').catch(() => {})
  }
}
