export type {
  AppliedSubmodule,
  ApplyMode,
  ApplyRequest,
  ApplyResult,
  BlamedLine,
  ChangesOptions,
  ChangedFile,
  CommitDescription,
  CommitFacts,
  GitWorkspace,
  GitView,
  Integration,
  IntegrationResult,
  KeptWorktree,
  RepositoryFacts,
  RestoreMode,
  RetireRequest,
  RunsInGit,
  RunTrace,
  Snapshot,
  Substitutes,
  UntrackedEntry,
  WorkingTreeChanges,
  Watched,
  WorkspaceProvider,
  Worktree,
} from './contract.js'
export type { ContentFilters, FilteringCommand, RunFiltering, RunnableFilters } from './filters/contract.js'
export { faultPoints } from './faults.js'
export { readingEnvironment } from './git/reading-environment.js'
export { decodePath, encodePath } from './git/path-bytes.js'
export type { Identity } from './objects/commit-bytes.js'
export { formatMessage, parseTrailers } from './objects/message.js'
export { chooseWorktreesFolder, makeWorktreesFolder } from './place/worktrees-folder.js'
export type { WorktreesFolder, WorktreesFolderRequest } from './place/worktrees-folder.js'
export { openWorkspace } from './open-workspace.js'
export { lookAtRuns } from './runs-in-git.js'
export type { WorkspaceOptions } from './open-workspace.js'
