import { lstat, mkdir, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { contentFilters } from '../filters/content-filters.js'
import type { RunnableFilters } from '../filters/contract.js'
import { everywhereFile } from '../filters/filtering-git.js'
import { isRefName } from '../objects/ref-name.js'
import { isObjectId } from '../objects/object-reader.js'
import { privateIgnorePatterns } from '../repository/ignore-patterns.js'
import { writePrivateFolder } from '../repository/private-folder.js'
import { removeFolder } from '../repository/remove-folder.js'
import type { Repository } from '../repository/repository.js'
import { writeFileAtomically } from '../repository/write-file.js'
import { copyIndex, openIndex } from '../worktree/index-file.js'
import { privateDirOf, type Site, type Submodule, writeRecord } from '../worktree/site.js'
import { registerStore } from './store.js'

/** What {@link openSubmodule} makes a submodule of. */
export interface SubmoduleRequest {
  readonly path: string
  readonly name: string
  readonly store: Repository
  /** The commit that the run began with there; null: it had none. */
  readonly base: string | null
}

/** Opens a submodule for Gump; no file of the work is touched. */
export async function openSubmodule(
  repository: Repository,
  parent: Site,
  request: SubmoduleRequest,
): Promise<Submodule> {
  const { path, name, store, base } = request
  await registerStore(repository, store)
  const dir = join(parent.dir, path)
  const privateDir = privateDirOf(store, dir)
  const filters = await filtersOf(store, parent, base)
  const exclude = await privateIgnorePatterns(store)
  const [own = '', everywhere = ''] = filters?.attributes ?? []
  await writePrivateFolder(store, {
    dir: privateDir,
    traits: parent.traits,
    exclude,
    sparse: null,
    attributes: { own, everywhere: { file: everywhereFile(privateDir), text: everywhere } },
  })
  const site: Site = {
    dir,
    branch: parent.branch,
    adminDir: gitFolderOf(parent, name),
    worktreeConfig: null,
    traits: parent.traits,
    sparse: false,
    populated: true,
    privateDir,
    index: await openIndex(privateDir, store.format),
    // Whether it is there at all is asked of the worktree that it is in.
    identity: '',
    remade: false,
    setAside: null,
    filters,
    submodules: new Map(),
    withSubmodules: parent.withSubmodules,
  }
  await writeRecord(store, privateDir, site)
  return { path, store, site, at: null }
}

/** The git folder of a submodule inside the registration of the worktree that it is in, where git puts it, too. */
export function gitFolderOf({ adminDir }: Pick<Site, 'adminDir'>, name: string): string {
  return join(adminDir, 'modules', name)
}

/** Filters of a submodule are those that its commit at the run's beginning uses. */
async function filtersOf(
  store: Repository,
  { filters }: Site,
  base: string | null,
): Promise<RunnableFilters | null> {
  if (filters === null) return null
  const unknown = {
    ...filters,
    commit: null,
    names: [],
    settings: [],
    writable: [],
    attributes: ['', ''] as const,
  }
  if (base === null || (await store.objects.find(base)) === null) return unknown
  return { ...(await contentFilters(store, { commit: base, env: filters.given })), run: filters.run }
}

/** True when the folder of a submodule is a folder, and no link leads to it. */
export async function isInPlace({ dir }: Pick<Site, 'dir'>): Promise<boolean> {
  const stats = await lstat(dir).catch(() => null)
  return stats?.isDirectory() === true && (await realpath(dir)) === dir
}

/** The commit that HEAD of a git folder names, read without git; null when it names none. */
export async function readHeadOf(gitDir: string): Promise<string | null> {
  let text = await small(join(gitDir, 'HEAD'))
  for (let links = 0; links < 5; links += 1) {
    const value = text.replace(/\n$/u, '')
    if (isObjectId(value)) return value
    const ref = /^ref: (refs\/.+)$/u.exec(value)?.[1]
    if (ref === undefined || !isRefName(ref)) return null
    text = (await small(join(gitDir, ref))) || packed(await small(join(gitDir, 'packed-refs')), ref)
  }
  return null
}

async function small(file: string): Promise<string> {
  const stats = await lstat(file).catch(() => null)
  return stats?.isFile() === true && stats.size < 64 * 1024 * 1024
    ? readFile(file, 'utf8').catch(() => '')
    : ''
}

function packed(text: string, ref: string): string {
  return (
    text
      .split('\n')
      .find((line) => line.endsWith(` ${ref}`))
      ?.split(' ', 1)[0] ?? ''
  )
}

/** What an agent's git leaves in a git folder and may find there again. Everything else goes, configuration and hooks first. */
const lasting = new Set([
  'HEAD',
  'ORIG_HEAD',
  'FETCH_HEAD',
  'COMMIT_EDITMSG',
  'objects',
  'refs',
  'packed-refs',
  'logs',
  'index',
  'modules',
  'lfs',
])

/**
 * Makes the git folder of a submodule what agents are to find: HEAD at `commit`, an index that says so, and a
 * configuration of Gump's. Objects and branches that an agent made stay.
 */
export async function putBackSubmodule(parent: Site, submodule: Submodule, commit: string): Promise<void> {
  const { site, store } = submodule
  const { adminDir, dir } = site
  if (!(await isInPlace(site))) throw new Error(`${dir} is no folder of its own`)
  await realFolder(parent.adminDir, adminDir)
  for (const entry of await readdir(adminDir, { withFileTypes: true })) {
    if (!lasting.has(entry.name) || entry.isSymbolicLink()) await removeFolder(join(adminDir, entry.name))
  }
  const isNew = (await lstat(join(adminDir, 'objects')).catch(() => null)) === null
  for (const folder of ['objects', 'refs', 'info']) await realFolder(adminDir, join(adminDir, folder))
  await removeFolder(join(adminDir, 'objects/info'))
  await mkdir(join(adminDir, 'objects/info'))
  await writeFile(join(adminDir, 'objects/info/alternates'), `${join(store.commonDir, 'objects')}\n`)
  const shallow = await small(join(store.commonDir, 'shallow'))
  if (shallow !== '') await writeFile(join(adminDir, 'shallow'), shallow)
  if (isNew) await writeFile(join(adminDir, 'packed-refs'), await packedRefs(store))
  await writeFileAtomically(join(adminDir, 'config'), await configurationOf(store, dir))
  await writeFileAtomically(join(adminDir, 'HEAD'), `${commit}\n`)
  const pointer = join(dir, '.git')
  const text = `gitdir: ${adminDir}\n`
  if ((await small(pointer)) !== text) {
    await removeFolder(pointer)
    await writeFile(pointer, text, { flag: 'wx' })
  }
  await copyIndex(site.index.file, join(adminDir, 'index')).catch(() =>
    rm(join(adminDir, 'index'), { force: true }),
  )
  submodule.at = commit
}

/** Makes sure that no part of a path below `top` is a link or a file. */
async function realFolder(top: string, folder: string): Promise<void> {
  if (folder.length <= top.length) {
    await mkdir(top, { recursive: true })
    return
  }
  await realFolder(top, dirname(folder))
  const stats = await lstat(folder).catch(() => null)
  if (stats?.isDirectory() === true) return
  if (stats !== null) await rm(folder, { force: true })
  await mkdir(folder)
}

async function packedRefs(store: Repository): Promise<string> {
  const refs = (await store.refs.list('refs/')).filter(({ ref }) => /^refs\/(?:tags|remotes)\//u.test(ref))
  return ['# pack-refs with: sorted ', ...refs.map(({ ref, oid }) => `${oid} ${ref}`), ''].join('\n')
}

async function configurationOf(store: Repository, dir: string): Promise<string> {
  const config = await small(join(store.commonDir, 'config'))
  const remote = /^\[remote "origin"\]\n(?:[ \t]+.*\n)*?[ \t]+url = (.*)$/mu.exec(config)?.[1]
  return [
    '[core]',
    `\trepositoryformatversion = ${store.format === 'sha256' ? 1 : 0}`,
    '\tbare = false',
    '\tlogallrefupdates = true',
    '[submodule]',
    '\tactive = .',
    '[core]',
    `\tworktree = "${dir.replaceAll('\\', '\\\\').replaceAll('"', String.raw`\"`)}"`,
    ...(store.format === 'sha256' ? ['[extensions]', '\tobjectFormat = sha256'] : []),
    ...(remote === undefined
      ? []
      : ['[remote "origin"]', `\turl = ${remote}`, '\tfetch = +refs/heads/*:refs/remotes/origin/*']),
    '',
  ].join('\n')
}
