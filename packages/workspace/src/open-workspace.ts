import type { GitWorkspace } from './contract.js'
import { createPerform } from './faults.js'
import { cleanEnvironment } from './git/environment.js'
import { demandGitVersion } from './git/version.js'
import type { Identity } from './objects/commit-bytes.js'
import { createProvider } from './provider.js'
import { discover } from './repository/discover.js'
import { openRepository } from './repository/repository.js'

/** Options of {@link openWorkspace}. */
export interface WorkspaceOptions {
  /** The environment: PATH finds git, HOME the user's configuration. Every `GIT_*` variable in it is ignored. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Called with each of `faultPoints` as it is passed; tests end the process there. */
  readonly fault?: (name: string) => void
  /**
   * `process` (default): what is reported as done survives the death of any process. `power`: objects, refs and indexes
   * are also brought to the disk first.
   */
  readonly durability?: 'process' | 'power'
  /** Author and committer of snapshots and steps; default `Gump <gump@localhost>`. */
  readonly identity?: Identity
  /** Epoch milliseconds for commits; default the system's clock. */
  readonly now?: () => number
}

/**
 * Opens the git repository around a folder. Nothing is written yet. Several processes may have the same repository
 * open, each with worktrees of its own.
 *
 * @example
 * ```ts
 * const workspace = await openWorkspace('.', { env: process.env })
 * const { head } = await workspace.facts()
 * const worktree = await workspace.openWorktree({ dir: '.gump/worktrees/run-1', branch: 'gump/run-1', commit: head })
 * await workspace.close()
 * ```
 * @throws GumpError GUMP-P004 when git is missing or older than 2.38; GUMP-P001 outside of a git working tree.
 */
export async function openWorkspace(repoPath: string, options: WorkspaceOptions): Promise<GitWorkspace> {
  const env = cleanEnvironment(options.env)
  // Both at once; where both fail, the version is the reason.
  const found = discover(repoPath, env)
  found.catch(() => {})
  await demandGitVersion({ cwd: repoPath, env })
  const repository = openRepository(await found, {
    env: options.env,
    identity: options.identity ?? { name: 'Gump', email: 'gump@localhost' },
    power: options.durability === 'power',
    perform: createPerform(options.fault ?? (() => {})),
    now: options.now ?? Date.now,
  })
  return createProvider(repository)
}
