import { createHash } from 'node:crypto'
import { lstat, mkdir, readdir, readFile, realpath } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'

import { cleanEnvironment } from '../git/environment.js'
import { hasFileRefs } from '../repository/discover.js'
import { openRepository, type Repository } from '../repository/repository.js'
import { sharedMode } from '../repository/shared-mode.js'
import { writeFileAtomically } from '../repository/write-file.js'
import type { Declaration } from './declarations.js'

/**
 * The user's own repository of a submodule, the one that `git submodule update` checks out from; null when the user has
 * none.
 */
export async function findStore(
  repository: Repository,
  { name, path }: Declaration,
): Promise<Repository | null> {
  const { gitDir, commonDir, root } = repository
  for (const dir of [
    join(gitDir, 'modules', name),
    join(commonDir, 'modules', name),
    join(root, path, '.git'),
  ]) {
    if (await isGitFolder(dir)) return openStore(repository, await realpath(dir))
  }
  return null
}

/**
 * Makes the repository of a submodule that is new, as `git submodule init` and a clone would: without a commit, for the
 * one that is to be recorded. Null when its name would put it into another repository.
 */
export async function createStore(
  repository: Repository,
  declaration: Declaration,
): Promise<Repository | null> {
  const { gitDir, root, format } = repository
  const modules = join(gitDir, 'modules')
  const dir = join(modules, declaration.name)
  for (let above = dirname(dir); above.length > modules.length; above = dirname(above)) {
    if (await isGitFolder(above)) return null
  }
  if ((await lstat(dir).catch(() => null)) !== null) return null
  for (const folder of ['objects/info', 'objects/pack', 'refs/heads', 'refs/tags', 'info'])
    await mkdir(join(dir, folder), { recursive: true })
  const url = remoteUrl(declaration.url)
  const config = [
    '[core]',
    `\trepositoryformatversion = ${format === 'sha256' ? 1 : 0}`,
    '\tfilemode = true',
    '\tbare = false',
    `\tworktree = ${quoted(relative(dir, join(root, declaration.path)))}`,
    ...(format === 'sha256' ? ['[extensions]', '\tobjectFormat = sha256'] : []),
    ...(url === null
      ? []
      : ['[remote "origin"]', `\turl = ${quoted(url)}`, '\tfetch = +refs/heads/*:refs/remotes/origin/*']),
    '',
  ]
  await writeFileAtomically(join(dir, 'config'), config.join('\n'))
  await writeFileAtomically(join(dir, 'HEAD'), 'ref: refs/heads/main\n')
  return openStore(repository, dir)
}

/** Repositories of submodules that are open, by their folder; they are closed with the repository that they belong to. */
const opened = new WeakMap<Repository, Map<string, Promise<Repository>>>()

export function openStore(repository: Repository, dir: string): Promise<Repository> {
  const known = opened.get(repository) ?? new Map<string, Promise<Repository>>()
  opened.set(repository, known)
  const found = known.get(dir) ?? open(repository, dir)
  known.set(dir, found)
  return found
}

async function open(repository: Repository, dir: string): Promise<Repository> {
  const config = await readFile(join(dir, 'config'), 'utf8').catch(() => '')
  const format = /^\s*objectformat\s*=\s*"?sha256/imu.test(config) ? 'sha256' : 'sha1'
  const { env, identity, power, perform, now } = repository
  const place = {
    root: dir,
    gitDir: dir,
    commonDir: dir,
    format,
    files: await hasFileRefs(dir),
    shared: await sharedMode(dir, cleanEnvironment(env)),
  } as const
  const store = openRepository(place, { env, identity, power, perform, now, isStore: true })
  repository.whenClosed(() => store.close())
  return store
}

const registered = new WeakSet<Repository>()

/** Notes a store in which Gump has put something, so that it is found when that is cleaned up. */
export async function registerStore({ ownDir, commonDir }: Repository, store: Repository): Promise<void> {
  if (registered.has(store)) return
  const folder = join(ownDir, 'submodules')
  await mkdir(folder, { recursive: true })
  // A repository can be moved, with its submodules.
  const place = relative(commonDir, store.commonDir)
  const name = createHash('sha256').update(place).digest('hex').slice(0, 32)
  await writeFileAtomically(join(folder, name), `${place}\n`)
  registered.add(store)
}

/** All stores in which Gump has put something, those of submodules of submodules included. */
export async function registeredStores(repository: Repository): Promise<readonly Repository[]> {
  const folder = join(repository.ownDir, 'submodules')
  const stores: Repository[] = []
  for (const name of await readdir(folder).catch(() => [])) {
    const place = (await readFile(join(folder, name), 'utf8').catch(() => '')).replace(/\n$/u, '')
    const dir = join(repository.commonDir, place)
    if (place === '' || !(await isGitFolder(dir))) continue
    const store = await openStore(repository, await realpath(dir))
    stores.push(store, ...(await registeredStores(store)))
  }
  return stores
}

export async function isGitFolder(dir: string): Promise<boolean> {
  const [head, objects] = await Promise.all([
    lstat(join(dir, 'HEAD')).catch(() => null),
    lstat(join(dir, 'objects')).catch(() => null),
  ])
  return head !== null && objects?.isDirectory() === true
}

/** Only what names a place by itself and can name no program; the rest is for `git submodule sync`. */
function remoteUrl(url: string | null): string | null {
  return url !== null && /^(?:(?:https?|ssh|git|file):\/\/|\/|[\w.-]+@[\w.-]+:)[^\p{Cc}]+$/u.test(url)
    ? url
    : null
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', String.raw`\"`)}"`
}
