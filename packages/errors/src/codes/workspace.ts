import type { CatalogueEntry } from '../catalogue-entry.js'

export type WorkspaceCode =
  | 'GUMP-G001'
  | 'GUMP-G002'
  | 'GUMP-G003'
  | 'GUMP-G004'
  | 'GUMP-G005'
  | 'GUMP-G006'
  | 'GUMP-G007'
  | 'GUMP-G008'
  | 'GUMP-G009'
  | 'GUMP-G010'
  | 'GUMP-G011'
  | 'GUMP-G012'
  | 'GUMP-G013'
  | 'GUMP-G014'
  | 'GUMP-G015'
  | 'GUMP-G016'
  | 'GUMP-G017'
  | 'GUMP-G018'
  | 'GUMP-G019'
  | 'GUMP-G020'

/** Problems with git worktrees, snapshots, integration and apply. */
export const workspaceCodes: Readonly<Record<WorkspaceCode, CatalogueEntry>> = {
  'GUMP-G001': { title: 'A git command failed', remedy: 'Read what git said; the repository is unchanged.' },
  'GUMP-G002': {
    title: 'A ref moved while Gump was about to move it',
    remedy: 'Another process changed the branch; look at it, then try again.',
  },
  'GUMP-G003': {
    title: 'The merge has conflicts',
    remedy: 'Merge the branch by hand, or use --keep-conflicts to resolve them here.',
  },
  'GUMP-G004': {
    title: 'Files in the way of the merge',
    remedy: 'Commit, stash or move the files named in the message.',
  },
  'GUMP-G005': { title: 'The run is already applied', remedy: 'Nothing to do.' },
  'GUMP-G006': {
    title: 'The run cannot be applied',
    remedy: 'Only passed runs are applied; --partial takes the passed steps of a failed one.',
  },
  'GUMP-G007': {
    title: 'The branch cannot be fast-forwarded',
    remedy: 'Apply without --ff, or with --squash.',
  },
  'GUMP-G008': {
    title: 'An unfinished merge, rebase or cherry-pick is in the way',
    remedy: 'Finish it or abort it with git, then try again.',
  },
  'GUMP-G009': {
    title: "The folder is not one of Gump's worktrees",
    remedy: 'Choose another worktree folder, or remove this one by hand.',
  },
  'GUMP-G010': {
    title: 'Not a usable branch, ref or run name',
    remedy: 'Use letters, digits, dots, dashes and single slashes.',
  },
  'GUMP-G011': {
    title: 'Edits made by hand conflict with what the run has merged since',
    remedy: 'Undo them in the worktree that the message names, and resume again.',
  },
  'GUMP-G012': {
    title: 'A content filter failed',
    remedy: 'See that the filter works in your own checkout, then gump run --resume.',
  },
  'GUMP-G013': {
    title: 'Attributes name a content filter that the run did not begin with',
    remedy:
      'Name the filter in a commit of your own and start a new run, or take it out of the worktree and resume.',
  },
  'GUMP-G014': {
    title: 'Work in a submodule cannot be recorded',
    remedy: 'Do what the message says in the worktree, where the work still is, then gump run --resume.',
  },
  'GUMP-G015': {
    title: 'The run names a commit of a submodule that cannot be found',
    remedy: 'Bring that commit into the submodule of your checkout, then apply again.',
  },
  'GUMP-G016': {
    title: 'A worktree was removed, emptied or replaced',
    remedy:
      'Nothing of it was recorded. gump run --resume makes the worktree again from the branch of the run and repeats the attempt.',
  },
  'GUMP-G017': {
    title: 'The folder for worktrees cannot be used',
    remedy: 'Remove what is in its place, or name another folder with [worktree] dir in ~/.gump/config.toml.',
  },
  'GUMP-G018': {
    title: 'The run has no worktree',
    remedy: 'gump apply removes the worktrees of a passed run; gump report and gump blame still show it.',
  },
  'GUMP-G019': {
    title: 'The settings that git follows changed while a run worked',
    remedy:
      'If it was not you, look at the files that the message names before you use git here; then gump run --resume.',
  },
  'GUMP-G020': {
    title: 'Your checkout changed while a run worked without a sandbox',
    remedy: 'If it was not you, look at what the message names, and run with --sandbox=require.',
  },
}
