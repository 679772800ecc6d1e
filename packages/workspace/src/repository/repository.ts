import { join } from 'node:path'

import type { Perform } from '../faults.js'
import {
  cleanEnvironment,
  identityEnvironment,
  settingsEnvironment,
  withoutUserConfiguration,
} from '../git/environment.js'
import { type ConfigurationReader, createConfigurationReader } from '../git/configuration.js'
import { createGitShells } from '../git/git-shells.js'
import type { GitCall } from '../git/run-git.js'
import { commonSettings, userSettings } from '../git/settings.js'
import type { Identity } from '../objects/commit-bytes.js'
import { type CommitWriter, createCommitWriter } from '../objects/commit-writer.js'
import { createLandmarks, type FindLandmarks } from '../objects/landmarks.js'
import { createObjectReader, type ObjectReader } from '../objects/object-reader.js'
import { createRefs, type Refs } from '../objects/refs.js'
import { createTreeDiffer, type TreeDiffer } from '../objects/tree-differ.js'
import { createTreeListing, type ListTree } from '../objects/tree-listing.js'
import type { RepositoryPlace } from './repository-place.js'
import { writePrivateFolder } from './private-folder.js'
import { sweepScratch } from './scratch.js'

/** How the caller wants a repository to be worked on. */
export interface RepositorySettings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly identity: Identity
  readonly power: boolean
  readonly perform: Perform
  /** Epoch milliseconds for commits. */
  readonly now: () => number
  /** A submodule's repository, seen apart from any working tree, whatever its configuration says about one. */
  readonly isStore?: boolean
}

/** An open repository: its places, the ways to call git in it, and its long-lived readers and writers. */
export interface Repository extends RepositoryPlace, RepositorySettings {
  /** Gump's own folder inside the common `.git`: private git folders, never anything that git reads by itself. */
  readonly ownDir: string
  /** Refs and worktree registrations, with the repository's own configuration overruled. */
  readonly common: GitCall
  /** Objects only: no refs, no working tree, no configuration and no attributes. Its private folder is made first. */
  readonly bare: () => Promise<GitCall>
  /** The user's working tree, with the user's configuration less hooks, monitors and signing. */
  readonly user: GitCall
  /** What is configured for `user`; read again when a run begins. */
  readonly configuration: ConfigurationReader
  readonly objects: ObjectReader
  readonly commits: CommitWriter
  readonly refs: Refs
  readonly trees: TreeDiffer
  readonly landmarks: FindLandmarks
  readonly listings: ListTree
  close(): Promise<void>
  /** Registers what else has to be closed. */
  whenClosed(close: () => Promise<void>): void
}

/** Environment that points a private git folder at the repository's objects. */
export function objectsEnvironment({ commonDir }: RepositoryPlace): Record<string, string> {
  return {
    GIT_OBJECT_DIRECTORY: join(commonDir, 'objects'),
    GIT_SHALLOW_FILE: join(commonDir, 'shallow'),
  }
}

export function openRepository(place: RepositoryPlace, settings: RepositorySettings): Repository {
  const { root, gitDir, commonDir } = place
  const { power } = settings
  const ownDir = join(commonDir, 'gump')
  const mine = cleanEnvironment(settings.env)
  const clean = { ...mine, ...identityEnvironment(settings.identity) }
  const shells = createGitShells()
  const common: GitCall = {
    shells,
    cwd: commonDir,
    env: {
      ...clean,
      ...withoutUserConfiguration,
      ...settingsEnvironment(commonSettings(power)),
      GIT_DIR: commonDir,
      ...(settings.isStore === true ? { GIT_WORK_TREE: commonDir } : {}),
    },
  }
  const bareDir = join(ownDir, 'objects-only')
  let prepared: Promise<void> | null = null
  const bare = async (): Promise<GitCall> => {
    prepared ??= settings.perform('prepare-private', async () => {
      await writePrivateFolder({ ...place, power }, { dir: bareDir, traits: null, exclude: '', sparse: null })
      await sweepScratch(ownDir, settings.now())
    })
    await prepared
    const env = { ...clean, ...withoutUserConfiguration, ...objectsEnvironment(place), GIT_DIR: bareDir }
    return { shells, cwd: commonDir, env }
  }
  const user: GitCall = {
    shells,
    cwd: root,
    env: {
      ...mine,
      ...settingsEnvironment(userSettings(power)),
      GIT_DIR: gitDir,
      GIT_WORK_TREE: root,
      GIT_INDEX_FILE: join(gitDir, 'index'),
    },
  }
  const objects = createObjectReader(common)
  const refs = createRefs({ commonDir, files: place.files, objects }, common)
  const trees = createTreeDiffer(bare)
  const listings = createTreeListing(common)
  const others: (() => Promise<void>)[] = []
  return {
    ...place,
    ...settings,
    ownDir,
    common,
    bare,
    user,
    objects,
    refs,
    trees,
    configuration: createConfigurationReader(user),
    landmarks: createLandmarks(trees, listings),
    listings,
    commits: createCommitWriter({ ...place, power }),
    close: async () => {
      await Promise.all([objects.close(), refs.close(), trees.close(), ...others.map((close) => close())])
      await shells.close()
    },
    whenClosed: (close) => others.push(close),
  }
}
