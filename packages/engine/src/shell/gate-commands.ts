import {
  type CommandResolver,
  createCommandResolver,
  diskFiles,
  firstResolved,
  type ProjectFiles,
  treeFiles,
} from '@gump/gates'
import { findOnPath } from '@gump/process'
import type { WorkspaceProvider } from '@gump/workspace'
import type { Ambient, EngineSettings } from '../contract.js'

export interface GateCommandOptions {
  readonly ambient: Pick<Ambient, 'env'>
  readonly settings: Pick<EngineSettings, 'gateCommands'>
  readonly workspace: WorkspaceProvider
  /** What the run began with: an agent cannot edit its own judge. */
  readonly baseCommit: string
  /** Where the commands will run. */
  readonly dir: string
  /** Absent: nothing has run yet. */
  readonly changedFiles?: readonly string[]
}

/** Commands of gates, and what the same names would mean in the files as they are now. */
export interface GateCommands {
  readonly resolver: CommandResolver
  readonly atBase: CommandResolver
  readonly now: CommandResolver
  /** The files of the base commit. */
  readonly baseFiles: ProjectFiles
}

/**
 * Finds gate commands in the run's base commit, with the user's settings first; only what the base has no answer for,
 * such as a project that is just being created, is looked up in the files as they are now.
 */
export async function gateCommands(options: GateCommandOptions): Promise<GateCommands> {
  const { ambient, settings, workspace, baseCommit, dir, changedFiles } = options
  const shared = {
    overrides: settings.gateCommands,
    findProgram: (name: string) => findOnPath(name, ambient.env) ?? null,
    ...(changedFiles === undefined ? {} : { changedFiles }),
  }
  const paths = await workspace.listFilesAt(baseCommit)
  const read = async (path: string): Promise<string | null> => {
    const bytes = await workspace.readFileAt(baseCommit, path)
    return bytes === null ? null : Buffer.from(bytes).toString('utf8')
  }
  const baseFiles = treeFiles(paths, read)
  const atBase = createCommandResolver({ files: baseFiles, ...shared })
  const now = createCommandResolver({ files: diskFiles(dir), ...shared })
  return { resolver: firstResolved([atBase, now]), atBase, now, baseFiles }
}
