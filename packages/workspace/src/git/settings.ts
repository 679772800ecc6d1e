import type { SharedMode } from '../repository/shared-mode.js'
import { nowhere, type Setting } from './environment.js'

/** Nothing of these may run or speak up while Gump works: hooks, monitors, signing, automatic upkeep. */
const quiet: readonly Setting[] = [
  ['core.hooksPath', nowhere],
  ['core.fsmonitor', 'false'],
  ['core.safecrlf', 'false'],
  ['core.filesRefLockTimeout', '1000'],
  ['core.packedRefsTimeout', '5000'],
  ['commit.gpgSign', 'false'],
  ['color.ui', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['submodule.recurse', 'false'],
  ['diff.ignoreSubmodules', 'dirty'],
  ['advice.addEmbeddedRepo', 'false'],
]

/** Over the repository's own configuration, for calls that need its refs and worktree registrations. */
export function commonSettings(power: boolean): readonly Setting[] {
  return [...quiet, ['core.attributesFile', nowhere], ['core.fsync', power ? 'all' : 'none']]
}

/**
 * Over the user's configuration, for the user's own working tree. Line endings and filters stay the user's there:
 * they decide which bytes that tree holds, and `git status` would call anything else a change.
 */
export function userSettings(power: boolean): readonly Setting[] {
  return [
    ...quiet,
    ['merge.autoStash', 'false'],
    ['merge.verifySignatures', 'false'],
    ...(power ? [['core.fsync', 'all'] as const] : []),
  ]
}

/** What a folder's file system can hold; git asks this once, in `git init`. */
export interface FileSystemTraits {
  readonly fileMode: boolean
  readonly symlinks: boolean
  readonly ignoreCase: boolean
  readonly precomposeUnicode: boolean
}

/** What a private git folder is for. */
export interface PrivateConfiguration {
  /** null: no working tree, so that no `.gitattributes` is looked at. */
  readonly traits: FileSystemTraits | null
  readonly sha256: boolean
  readonly sparse: boolean
  readonly power: boolean
  /** null: the umask decides. */
  readonly shared: SharedMode | null
}

/** The whole configuration of a private git folder: nothing comes from the user, the machine or the repository. */
export function privateConfiguration(configuration: PrivateConfiguration): string {
  const { traits, sha256, sparse, power, shared } = configuration
  const core: readonly Setting[] = [
    ['bare', String(traits === null)],
    ['filemode', String(traits?.fileMode ?? true)],
    ['symlinks', String(traits?.symlinks ?? true)],
    ['ignorecase', String(traits?.ignoreCase ?? false)],
    ['precomposeunicode', String(traits?.precomposeUnicode ?? false)],
    ['autocrlf', 'false'],
    ['eol', 'lf'],
    ['safecrlf', 'false'],
    ['quotePath', 'false'],
    ['attributesFile', nowhere],
    ['excludesFile', nowhere],
    ['hooksPath', nowhere],
    ['fsmonitor', 'false'],
    ['untrackedCache', 'false'],
    ['splitIndex', 'false'],
    ['sparseCheckout', String(sparse)],
    ['sparseCheckoutCone', 'false'],
    ['logAllRefUpdates', 'false'],
    ['fsync', power ? 'all' : 'none'],
    ...(shared === null ? [] : [['sharedRepository', shared.value] as const]),
  ]
  return [
    '[core]',
    `\trepositoryformatversion = ${sha256 ? 1 : 0}`,
    ...core.map(([key, value]) => `\t${key} = ${quoted(value)}`),
    ...(sha256 ? ['[extensions]', '\tobjectFormat = sha256'] : []),
    '[index]\n\tsparse = false',
    '[diff]\n\tignoreSubmodules = dirty\n\trenames = true',
    '[merge]\n\trenames = true\n\tdirectoryRenames = conflict\n\trenormalize = false',
    '[submodule]\n\trecurse = false',
    '[advice]\n\taddEmbeddedRepo = false',
    '[gc]\n\tauto = 0',
    '[protocol]\n\tallow = never',
    '',
  ].join('\n')
}

function quoted(value: string): string {
  return `"${value
    .replaceAll('\\', '\\\\')
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`)}"`
}
