import type { CatalogueEntry } from '../catalogue-entry.js'

export type PreconditionCode =
  | 'GUMP-P001'
  | 'GUMP-P002'
  | 'GUMP-P003'
  | 'GUMP-P004'
  | 'GUMP-P005'
  | 'GUMP-P006'
  | 'GUMP-P007'
  | 'GUMP-P008'
  | 'GUMP-P009'
  | 'GUMP-P011'
  | 'GUMP-P012'
  | 'GUMP-P013'
  | 'GUMP-P014'

/** What must be true before a run may start (exit 2). */
export const preconditionCodes: Readonly<Record<PreconditionCode, CatalogueEntry>> = {
  'GUMP-P001': {
    title: 'Not a git repository',
    remedy: 'Run git init and make a first commit, or change to a repository.',
  },
  'GUMP-P002': { title: 'The repository has no commit', remedy: 'Make a first commit.' },
  'GUMP-P003': {
    title: 'Tracked files have uncommitted changes',
    remedy: 'Commit or stash them, or pass --allow-dirty; agents will not see them.',
  },
  'GUMP-P004': { title: 'git is missing or too old', remedy: 'Install git 2.38 or newer.' },
  'GUMP-P005': { title: 'Unknown agent', remedy: 'Use one of the agents that gump models lists.' },
  'GUMP-P006': {
    title: 'An agent CLI is not installed',
    remedy: 'Install it as the message says, or choose another agent.',
  },
  'GUMP-P007': { title: 'The spec file cannot be read', remedy: 'Check the path given with --spec.' },
  'GUMP-P008': { title: 'Unknown gate', remedy: 'Use one of the gates the message lists.' },
  'GUMP-P009': {
    title: 'The sandbox is required and not available',
    remedy: 'Install bubblewrap, or use --sandbox=auto.',
  },
  // GUMP-P010, a budget that covers a model without a price, is retired: such usage counts at an assumed price.
  'GUMP-P011': {
    title: 'A required content filter cannot run',
    remedy: 'Install its program, or correct filter.<name> in your git configuration.',
  },
  'GUMP-P012': {
    title: 'A budget covers usage without a price',
    remedy:
      'Nothing to do: tokens without a price count at an assumed price. For the true price, add a [pricing] entry for the model, or [pricing.assumed].',
  },
  'GUMP-P013': {
    title: 'A link is in the place of a folder of runs',
    remedy: 'Remove the link, in the repository too when it is committed.',
  },
  'GUMP-P014': {
    title: 'A branch or ref is where those of runs go',
    remedy: 'Rename it: git branch -m gump NAME.',
  },
}
