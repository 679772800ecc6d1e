import { basename, join } from 'node:path'

import type { GitView } from '../contract.js'
import { demandGit } from '../git/run-git.js'
import { branchRef } from '../objects/ref-name.js'
import { removeFolder } from '../repository/remove-folder.js'
import type { Repository } from '../repository/repository.js'
import { keysFolder } from '../worktree/admin-files.js'
import { copyIndex } from '../worktree/index-file.js'
import type { Site } from '../worktree/site.js'
import { alternatesOf, formatAlternates } from './alternates.js'
import { copyConfiguration, localRemotes } from './configuration.js'
import type { RefListing } from './ref-listing.js'
import { copyFile, mkdir, readdir, readlink, stat, symlink, writeFile } from '../repository/small-files.js'

/** What git itself keeps in a common folder, and a view makes again or leaves out; the rest belongs to other tools. */
const ownOfGit = new Set([
  'branches',
  'gump',
  'info',
  'logs',
  'lost-found',
  'modules',
  'objects',
  'rebase-apply',
  'rebase-merge',
  'refs',
  'reftable',
  'rr-cache',
  'sequencer',
  'worktrees',
])

/** Folders of tools that write there as a matter of course; they find what they need through the alternates. */
const writtenByTools = new Set(['lfs'])

/**
 * Builds a view of the repository below `place`, which is emptied first: a common folder with the worktree's registration
 * in it, and a `.git` file that leads there. Objects are read from the repository, everything that git writes lands in
 * the view, and nothing is taken over from it. Git folders of submodules stay where they are: what is committed there is
 * part of the work.
 */
export async function buildGitView(
  repository: Repository,
  site: Site,
  listing: RefListing,
  place: string,
): Promise<GitView> {
  const { commonDir } = repository
  const { adminDir, dir } = site
  const common = join(place, 'common')
  const admin = join(common, 'worktrees', basename(adminDir))
  const pointer = join(place, 'pointer')
  await removeFolder(place)
  await mkdir(common, { recursive: true, mode: 0o700 })
  const modules = await modulesFolder(site)
  const [alternates, configuration] = await Promise.all([
    alternatesOf(join(commonDir, 'objects')),
    copyConfiguration(repository, common),
    writeObjectsFolder(repository, common),
    writeRefs(repository, site, listing, common),
    writeHead(repository, common),
    copyIfThere(join(commonDir, 'shallow'), join(common, 'shallow')),
    copyIfThere(join(commonDir, 'info', 'exclude'), join(common, 'info', 'exclude')),
    copyIfThere(join(commonDir, 'info', 'attributes'), join(common, 'info', 'attributes')),
    linkFoldersOfTools(commonDir, common),
    copyAdminFolder(adminDir, admin),
  ])
  await writeFile(pointer, `gitdir: ${admin}\n`)
  if (!repository.files) await writeFile(join(admin, 'HEAD'), `ref: ${branchRef(site.branch)}\n`)
  if (await isFolder(join(commonDir, keysFolder))) {
    await symlink(join(commonDir, keysFolder), join(admin, keysFolder))
  }
  if (modules !== null) await symlink(modules, join(admin, 'modules'))
  return {
    binds: [
      { source: common, target: common },
      { source: pointer, target: join(dir, '.git'), readOnly: true },
    ],
    writable: modules === null ? [] : [modules],
    reads: [...alternates, ...localRemotes(configuration)],
  }
}

async function writeObjectsFolder({ commonDir }: Repository, common: string): Promise<void> {
  await mkdir(join(common, 'objects', 'info'), { recursive: true })
  await mkdir(join(common, 'objects', 'pack'))
  const objects = join(commonDir, 'objects')
  // git follows a relative alternate only from the repository's own folder, so they are named here once more.
  const all = [objects, ...(await alternatesOf(objects))]
  await writeFile(join(common, 'objects', 'info', 'alternates'), formatAlternates(all))
}

async function writeRefs(
  repository: Repository,
  { branch }: Site,
  listing: RefListing,
  common: string,
): Promise<void> {
  await mkdir(join(common, 'refs', 'heads'), { recursive: true })
  await mkdir(join(common, 'refs', 'tags'))
  await writeFile(join(common, 'packed-refs'), listing.packed)
  for (const { ref, target } of listing.symbolic) {
    await writeRef(common, ref, `ref: ${target}\n`)
  }
  // The listing may be of an earlier moment; the branch that is checked out has to be right.
  const own = branchRef(branch)
  const oid = await repository.refs.read(own)
  if (oid !== null) await writeRef(common, own, `${oid}\n`)
}

async function writeRef(common: string, ref: string, content: string): Promise<void> {
  const file = join(common, ref)
  await mkdir(join(file, '..'), { recursive: true })
  await writeFile(file, content)
}

/** Where the user's own checkout stands, as far as the refs are files. */
async function writeHead(repository: Repository, common: string): Promise<void> {
  const file = join(repository.commonDir, 'HEAD')
  const link = await readlink(file).catch(() => null)
  if (!repository.files) {
    const name = await demandGit(['rev-parse', '--symbolic-full-name', 'HEAD'], repository.common)
    const ref = name.toString('utf8').trim()
    const oid = ref === 'HEAD' ? await demandGit(['rev-parse', 'HEAD'], repository.common) : null
    await writeFile(join(common, 'HEAD'), oid === null ? `ref: ${ref}\n` : oid)
  } else if (link === null) await copyFile(file, join(common, 'HEAD'))
  else await writeFile(join(common, 'HEAD'), `ref: ${link}\n`)
}

/** Hooks, and what tools beside git keep: seen where it is, which is read-only. */
async function linkFoldersOfTools(commonDir: string, common: string): Promise<void> {
  for (const entry of await readdir(commonDir, { withFileTypes: true })) {
    const { name } = entry
    if (ownOfGit.has(name) || writtenByTools.has(name)) continue
    if (entry.isDirectory() || entry.isSymbolicLink()) {
      if (await isFolder(join(commonDir, name))) await symlink(join(commonDir, name), join(common, name))
    }
  }
}

/** Where the worktree's submodules have their git folders; null: there are none, and nothing declares any. */
async function modulesFolder({ adminDir, dir }: Site): Promise<string | null> {
  const modules = join(adminDir, 'modules')
  if (await isFolder(modules)) return modules
  if ((await stat(join(dir, '.gitmodules')).catch(() => null)) === null) return null
  await mkdir(modules)
  return modules
}

async function copyAdminFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const { name } = entry
    const [source, target] = [join(from, name), join(to, name)]
    if (name === 'modules' || name.endsWith('.lock')) continue
    if (entry.isDirectory()) await copyAdminFolder(source, target)
    // By its time git tells which files may have changed since.
    else if (name === 'index') await copyIndex(source, target)
    else if (entry.isFile()) await copyFile(source, target)
  }
}

async function copyIfThere(from: string, to: string): Promise<void> {
  const stats = await stat(from).catch(() => null)
  if (stats?.isFile() !== true) return
  await mkdir(join(to, '..'), { recursive: true })
  await copyFile(from, to)
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() === true
}
