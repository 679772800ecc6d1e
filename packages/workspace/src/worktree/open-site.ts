import { basename, dirname, join, resolve } from 'node:path'

import { GumpError } from '@gump/errors'

import type { RunnableFilters } from '../filters/contract.js'
import { everywhereFile } from '../filters/filtering-git.js'
import { branchRef, placeRef } from '../objects/ref-name.js'
import { probeFileSystem } from '../repository/file-system-traits.js'
import { privateIgnorePatterns } from '../repository/ignore-patterns.js'
import { writePrivateFolder } from '../repository/private-folder.js'
import type { Repository } from '../repository/repository.js'
import { sparsePatterns } from '../repository/sparse-patterns.js'
import { checkOutSubmodules } from '../submodules/check-out-submodules.js'
import { putBackAdminFiles, relink } from './admin-files.js'
import { checkout } from './checkout.js'
import { isEmptyFolder } from './folder-content.js'
import { openIndex } from './index-file.js'
import { identityOf, isEmptied } from './intact.js'
import { placeBranch } from './place-branch.js'
import { ownRegistration } from './pointer.js'
import { publishIndex } from './publish-index.js'
import { recordOf } from './record-of.js'
import { findRegistration, isTakenOver, register, type Registration, worktreeConfigOf } from './register.js'
import { restoreFiles } from './restore.js'
import { makeRoot } from './root-guard.js'
import { setStrangerAside } from './set-aside.js'
import { listRecords, privateDirOf, type Site, type SiteRecord, writeRecord } from './site.js'
import { chmod, mkdir, realpath } from '../repository/small-files.js'

/** What {@link openSite} is asked for. */
export interface SiteRequest {
  readonly dir: string
  readonly branch: string
  readonly commit: string
  readonly filters?: RunnableFilters
  readonly submodules?: boolean
}

/**
 * Creates the worktree, or brings the one that is there to the commit, however the last process left it: registration,
 * HEAD, branch, index and files are as in the commit, ignored files stay.
 *
 * @throws GumpError GUMP-G009 for a folder with content that no worktree of Gump is known for; GUMP-G002 for a branch
 * of the user's that is elsewhere.
 */
export async function openSite(repository: Repository, request: SiteRequest): Promise<Site> {
  branchRef(request.branch)
  const { tree } = await repository.objects.commit(request.commit)
  const { dir, privateDir } = await placesOf(repository, request.dir)
  const noted = await recordOf(repository, dir, privateDir)
  const setAside = noted === null ? null : await setStrangerAside(repository, dir)
  const known = noted ?? (await newRecord(dir, request.branch))
  const filters = request.filters ?? null
  const record = await prepare(repository, privateDir, { ...known, branch: request.branch }, filters)
  const registration = await findOrRegister(repository, privateDir, record, request.commit)
  await makeRoot(dir)
  await chmod(dir, 0o700)
  const index = await openIndex(privateDir, repository.format)
  const submodules = { submodules: new Map(), withSubmodules: request.submodules ?? false }
  const identity = await identityOf(dir)
  const opened = { privateDir, index, identity, remade: false, setAside, filters, ...submodules }
  const site: Site = { ...record, ...registration, ...opened }
  await repository.perform('put-back', () => putBackAdminFiles(repository, site))
  await writeRecord(repository, privateDir, site)
  await placeBranch(repository, site.branch, request.commit)
  if (site.populated) await restoreFiles(repository, site, tree, 'reset')
  else {
    await checkout(repository, site, tree)
    await checkOutSubmodules(repository, site, { tree, mode: 'reset' }, restoreFiles)
  }
  await publishIndex(repository, site, tree)
  const populated = { ...site, populated: true }
  if (!site.populated) await writeRecord(repository, privateDir, populated)
  return populated
}

/**
 * Takes a worktree up as the last process left it; nothing in it is changed, only Gump's own index gets a new name. A
 * worktree whose folder is gone or emptied, or was never complete, or is not it, is made again at the commit that its branch is noted
 * at; what stands in its place is set aside.
 *
 * @throws GumpError GUMP-G009 when there is no such worktree.
 */
export async function reopenSite(
  repository: Repository,
  request: Omit<SiteRequest, 'commit'>,
): Promise<Site> {
  const { dir, privateDir } = await placesOf(repository, request.dir)
  const record = await recordOf(repository, dir, privateDir)
  const own = await ownRegistration(repository, dir)
  const known = record !== null || (await isLost(repository, request.branch))
  const noted = known ? await repository.refs.read(placeRef(request.branch)) : null
  const isWhole = own !== null && record?.populated === true
  const emptied = isWhole && noted !== null && (await isEmptied(repository, { ...record, ...request, dir }))
  if (isWhole && !emptied) {
    const adminDir = record.adminDir ?? own
    const filters = request.filters ?? null
    const wanted = { ...record, adminDir, branch: request.branch }
    const prepared = await prepare(repository, privateDir, wanted, filters)
    await relink({ dir, adminDir })
    const index = await openIndex(privateDir, repository.format)
    const opened = { index, identity: await identityOf(dir), remade: false, setAside: null }
    const submodules = { submodules: new Map(), withSubmodules: request.submodules ?? false }
    return { ...prepared, adminDir, privateDir, filters, ...opened, ...submodules }
  }
  if (noted !== null) {
    const setAside = record === null ? null : await setStrangerAside(repository, dir)
    const made = await openSite(repository, { ...request, commit: noted })
    return { ...made, remade: true, setAside: setAside ?? made.setAside }
  }
  throw new GumpError('GUMP-G009', `there is no worktree in ${dir}`, {
    data: { dir, branch: request.branch },
    remedy: 'start the run again',
  })
}

/** The worktree of this branch was somewhere else, and is not there any more. */
async function isLost(repository: Repository, branch: string): Promise<boolean> {
  for (const record of await listRecords(repository)) {
    if (record.branch === branch && (await ownRegistration(repository, record.dir)) === null) return true
  }
  return false
}

/** The path of a worktree without links, and its private folder; the worktree need not exist yet. */
async function placesOf(
  repository: Repository,
  folder: string,
): Promise<{ readonly dir: string; readonly privateDir: string }> {
  const dir = await realPlace(resolve(repository.root, folder))
  return { dir, privateDir: privateDirOf(repository, dir) }
}

/** The path without links, of a folder that need not exist yet. */
async function realPlace(dir: string): Promise<string> {
  await mkdir(dirname(dir), { recursive: true })
  return join(await realpath(dirname(dir)), basename(dir))
}

async function newRecord(dir: string, branch: string): Promise<SiteRecord> {
  if (!(await isEmptyFolder(dir))) {
    throw new GumpError('GUMP-G009', `${dir} exists and is not empty`, {
      data: { dir },
      remedy: 'choose another worktree folder, or remove this one by hand',
    })
  }
  const traits = await probeFileSystem(dirname(dir))
  return { dir, branch, adminDir: null, worktreeConfig: null, traits, sparse: false, populated: false }
}

/** Writes the private folder and the record; what the user ignores and leaves out is taken over each time. */
async function prepare(
  repository: Repository,
  privateDir: string,
  record: SiteRecord,
  filters: RunnableFilters | null,
): Promise<SiteRecord> {
  const exclude = await privateIgnorePatterns(repository)
  const sparse = await sparsePatterns(repository)
  const prepared = { ...record, sparse: sparse !== null }
  await repository.perform('prepare-private', async () => {
    const [attributes = '', everywhere = ''] = filters?.attributes ?? []
    await writePrivateFolder(repository, {
      dir: privateDir,
      traits: record.traits,
      exclude,
      sparse,
      attributes: { own: attributes, everywhere: { file: everywhereFile(privateDir), text: everywhere } },
    })
    await writeRecord(repository, privateDir, prepared)
  })
  return prepared
}

async function findOrRegister(
  repository: Repository,
  privateDir: string,
  record: SiteRecord,
  commit: string,
): Promise<Registration> {
  const { dir, adminDir, worktreeConfig } = record
  if (adminDir !== null && !(await isTakenOver(adminDir, dir))) return { adminDir, worktreeConfig }
  const found = await findRegistration(repository, dir)
  if (found !== null) {
    return {
      adminDir: found,
      worktreeConfig: adminDir === null ? await worktreeConfigOf(found) : worktreeConfig,
    }
  }
  return repository.perform('register-worktree', () => register(repository, { dir, privateDir, commit }))
}
